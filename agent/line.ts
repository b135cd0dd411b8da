import type { AppToDecide } from '../shared/app-rows.ts'
import type { SnapshotReader } from '../shared/record.ts'
import type { FolderParts } from './config.ts'
import { type Log, logEvent, logOf } from './ledger/events.ts'
import { changeMigration, type MigrationRow } from './ledger/migrations.ts'
import type { Ledger } from './ledger/open.ts'
import type { Control } from './push/control.ts'
import type { WatchedSite } from './sampler.ts'
import { sayLost } from './say-lost.ts'
import type { SourceAccess } from './source/datacenter/client.ts'

/** Of each check that is set aside, the note of a person. */
export type Overrides = ReadonlyMap<string, { note: string; who: string }>

/** What the line works with; the same for a run, a rehearsal, a resume and the command line. */
export interface LineParts {
  ledger: Ledger
  folder: FolderParts
  now(): number
  /** Checks that may be set aside if they find an error, by key, with who said why: `--override KEY=NOTE`. */
  overrides?: Overrides
  /** Moves the data of apps once everything else was read back; absent where no app can be moved (a check alone). */
  apps?: {
    runAll(migrationId: string, signal: AbortSignal, onBegin: () => Promise<void>): Promise<void>
    /** Writes down which apps with data the source has and how each would move, for checks and reports. */
    prepare(migrationId: string): Promise<readonly AppToDecide[]>
  }
  /** Told what to ask of the site it is connected to; null once its requests are counted. */
  onSite?(site: WatchedSite | null): void
  /** How to get into a migration's live source; null where it is a backup. Absent: there are backups only. */
  source?(row: MigrationRow): Promise<SourceAccess | null>
  /**
   * Where a migration's site is and how to get in. For the practice site it is started when it is first asked
   * for, with accounts for the people of the snapshot (null = the source was not read yet).
   */
  site(
    row: MigrationRow,
    snapshot: SnapshotReader | null,
  ): Promise<{ url: string; email: string; token: string }>
}

/** One migration on its way: what each stage gets. */
export interface Line {
  parts: LineParts
  id: string
  control: Control
  log: Log
  /** Says what is going on now, and writes it into the timeline. */
  say(stage: string, sentence: string): Promise<void>
  /** The site makes it wait, for this reason and in these words; null when it goes on. */
  wait(reason: 'rate limit' | 'site unreachable' | null, words: string | null): void
  /** The same for a live source; limit: it answers, and wants fewer requests. */
  waitSource(words: string | null, limit: boolean): void
}

/** How the troubleshooting guide names what is waited for. */
const waits = {
  'rate limit': { code: 'site-rate-limit' },
  'site unreachable': { code: 'site-unreachable' },
  'source limit': { code: 'source-rate-limit' },
  'source unreachable': { code: 'source-unreachable' },
}

export function createLine(parts: LineParts, id: string, control: Control): Line {
  const { db } = parts.ledger
  let phase = 'start'
  let current = ''
  // What is told on the way is waited for by nobody; a ledger that cannot be written is said all the same.
  const lost = (error: unknown) => sayLost(parts.folder.root, error)
  const log = logOf(db, () => ({ migrationId: id, at: parts.now(), phase }))
  return {
    parts,
    id,
    control,
    log,
    async say(stage, sentence) {
      phase = stage
      current = sentence
      await changeMigration(db, id, parts.now(), { sentence })
      await logEvent(db, {
        migrationId: id,
        at: parts.now(),
        level: 'info',
        phase: `stage:${stage}`,
        text: sentence,
      })
    },
    wait(reason, words) {
      for (const one of ['rate limit', 'site unreachable'] as const)
        if (one !== reason) control.release(one)
      const sentence = reason === null ? current : (words ?? `Waiting: ${reason}.`)
      if (reason !== null) {
        control.hold(reason)
        log('warn', sentence, waits[reason]).catch(lost)
      }
      changeMigration(db, id, parts.now(), { sentence }).catch(lost)
    },
    waitSource(words, limit) {
      // That it wants fewer requests is said, but is no outage.
      if (words === null || limit) control.release('source unreachable')
      else control.hold('source unreachable')
      if (words !== null)
        log('warn', words, waits[limit ? 'source limit' : 'source unreachable']).catch(lost)
      changeMigration(db, id, parts.now(), { sentence: words ?? current }).catch(lost)
    },
  }
}
