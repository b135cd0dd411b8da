import type { AppTrace } from '../../shared/api-apps.ts'
import type { Verdict } from '../../shared/status.ts'

/**
 * A path: one way by which an app's data moves. Each is a file in paths/ that exports `path`; see README.md.
 * It knows nothing but its context, so it can neither reach another app's data nor harm other apps.
 */
export interface AppPath {
  /** Never changes: checkpoints and records are kept under it. */
  key: string
  /** For people: "Entity properties". */
  title: string
  /** Whether it has something to do for this app. decision: what a person wants of its data. */
  fits(app: PathApp, decision: 'needed' | 'archive'): boolean
  /** Says which records there are, and which are left out and why, before anything is written. Asked before each start. */
  plan(context: AppContext): Promise<void>
  /** Moves what is open. Begun again after a crash or by a re-run: it goes on from its records and checkpoints. */
  run(context: AppContext): Promise<void>
  /** Reads back what was sent and gives the verdicts; also asked after a cancel, to tell what arrived. */
  check(context: AppContext): Promise<void>
}

export interface PathApp {
  key: string
  name: string
  trace: AppTrace
}

/** A cell of an app's own table; type is the source's word: integer, string, boolean, timestamp, … */
export interface PathCell {
  column: string
  type: string
  value: string | null
}

export interface PathProperty {
  id: string
  /** IssueProperty, ProjectProperty, CommentProperty, UserProperty, … */
  entity: string
  entityId: string
  key: string
  value: string | null
}

/** A value that an issue has in a field of the app's types. */
export interface PathFieldValue {
  issueId: string
  issueKey: string
  fieldId: string
  values: string[]
}

export interface PathRecord {
  n: number
  sourceId: string
  label: string
  rows: number
  sent: boolean
  verdict: Verdict | null
}

export interface SiteTarget {
  kind: 'issue' | 'project' | 'comment' | 'user'
  siteId: string
}

/**
 * All that a path can see and do. Every call throws once the app migration has ended or is being canceled. The
 * path has a thread of its own: calls go to the agent, and those made at the same time (Promise.all over a
 * page) go together. What is given and returned is copied.
 */
export interface AppContext {
  app: PathApp
  decision: 'needed' | 'archive'
  transferId: string
  /** Aborted on cancel, time-out and when the agent stops. Everything that waits takes it. */
  signal: AbortSignal

  /** Rows of the app's own tables, in pages; only tables of this app, all of them without a choice. */
  tables(wants?: (table: string) => boolean): AsyncIterable<{ table: string; cells: PathCell[] }[]>
  /** The app's entity properties, in pages. */
  properties(): AsyncIterable<PathProperty[]>
  property(id: string): Promise<PathProperty | null>
  /** Values in fields of the app's types that the migration itself left out, in pages, issue by issue. */
  fieldValues(): AsyncIterable<PathFieldValue[]>
  /** The id by which the site has an item of the source, null = it is not there. Namespaces as in mappings.ts. */
  mapping(namespace: string, sourceId: string): Promise<string | null>
  /** The key of a user whom a property names by number. */
  userKey(id: string): Promise<string | null>

  site: {
    /** Writes an entity property: one that the app has in the source, or one whose key begins with `landfall.app.`. */
    set(
      target: SiteTarget,
      key: string,
      value: unknown,
    ): Promise<{ ok: true } | { ok: false; reason: string }>
    /** undefined = it is not there. */
    get(target: SiteTarget, key: string): Promise<unknown>
  }
  /** Files in the app's own folder. */
  files: {
    /** A new file; it takes its name when it is closed, and replaces an older one. */
    create(name: string): Promise<PathFile>
    /** The bytes of a file, in pieces; throws where there is none. */
    read(name: string): AsyncIterable<Uint8Array>
  }
  records: {
    /** Known ones stay as they are. leftOut: the reason, null = it is to be moved. */
    add(
      records: { sourceId: string; label: string; rows: number; leftOut: string | null }[],
    ): Promise<void>
    /** Those without a verdict, in their order, page by page; may be settled while they are read. */
    open(): AsyncIterable<PathRecord[]>
    /** Those that were sent. */
    sent(): AsyncIterable<PathRecord[]>
    /** Those of these source ids that there are. */
    of(sourceIds: readonly string[]): Promise<Map<string, PathRecord>>
    settle(
      settled: {
        n: number
        sent?: boolean
        verdict?: Verdict | null
        reason?: string | null
      }[],
    ): Promise<void>
  }
  checkpoint: {
    get(name: string): Promise<unknown>
    /** Durable when it returns. */
    set(name: string, value: unknown): Promise<void>
  }
  /** One line of the app's log; never a secret. Of a flood only the newest 4,000 are kept. */
  log(level: 'info' | 'warn' | 'error', event: string, message: string): void
  /** From 0 to 100 of this path; a lower number is ignored. It is a sign of life, too. */
  progress(percent: number, message?: string): void
  /** The app's own cloud handler; null = none is registered. */
  handler: PathHandler | null
}

export interface PathFile {
  write(text: string): Promise<void>
  close(): Promise<{ bytes: number; sha256: string }>
}

export interface PathHandler {
  /** Tells it an event; tried four times. Throws a Problem when it does not take it. */
  tell(event: string, details: Record<string, unknown>): Promise<void>
  /** Resolves once the handler has settled the transfer; rejects with the signal's reason. */
  settled(): Promise<void>
}
