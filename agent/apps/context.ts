import { Problem } from '../../shared/problem.ts'
import * as records from '../ledger/app-records.ts'
import { appRows } from '../source/backup/app-rows.ts'
import { fieldValuePages } from './field-values.ts'
import { appFiles, appFolder } from './files.ts'
import { mappingOf } from './mappings.ts'
import type { AppContext, AppPath, PathHandler, PathProperty, PathRecord } from './path.ts'
import type { AppJob, Session } from './session.ts'

/** How many records are read at a time. */
const page = 200
/** How many entity properties are handed to a path at a time. */
const propertyPage = 500
/** Keys that no app of the source may have had: what Landfall writes for it. */
const ownStart = 'landfall.app.'

export interface Sink {
  log: AppContext['log']
  progress: AppContext['progress']
  /** The site is asked something at this moment, which is a sign of life however long it takes. */
  busy<T>(work: Promise<T>): Promise<T>
}

/** What a path gets that goes on after it has said that it is ready. */
export class Left extends Error {
  constructor() {
    super('This part of the app migration is over; its path goes on all the same.')
  }
}

/**
 * What one path of one app gets to see. It reaches this app's data only, and nothing once the signal is
 * aborted: a path that goes on all the same gets the signal's reason from every call.
 */
export function createContext(
  session: Session,
  job: AppJob,
  path: Pick<AppPath, 'key'>,
  sink: Sink,
  handler: PathHandler | null,
): AppContext & { close(): Promise<void> } {
  const { app, signal } = job
  const { db, migrationId, facts, snapshot } = session
  const place: records.Place = { migrationId, key: app.key, path: path.key }
  const files = appFiles(appFolder(session.root, migrationId, app.key))
  const keys = new Set(app.propertyKeys)
  const tables = new Set(app.trace.tables.map(({ name }) => name))
  let closed = false
  const alive = () => {
    signal.throwIfAborted()
    if (closed) throw new Left()
  }

  async function* recordPages(which: 'open' | 'sent'): AsyncGenerator<PathRecord[]> {
    for (let after = 0; ; ) {
      alive()
      const rows = await records.recordPage(db, place, which, after, page)
      const last = rows.at(-1)
      if (!last) return
      after = last.n
      yield rows.map(viewRecord)
    }
  }

  const mayWrite = (key: string) => {
    if (keys.has(key) || key.startsWith(ownStart)) return
    throw new Problem(
      'usage',
      `The path "${path.key}" tried to write the property "${key}", which does not belong to ${app.name}.`,
      { hint: 'Nothing was written. The path has to be corrected by whoever made it.' },
    )
  }

  return {
    app: { key: app.key, name: app.name, trace: app.trace },
    decision: job.decision,
    transferId: job.transferId,
    signal,
    async *tables(wants = () => true) {
      alive()
      yield* appRows(session.backup, (name) => tables.has(name) && wants(name), signal)
    },
    async *properties() {
      let rows: PathProperty[] = []
      for (const row of snapshot.rows('property')) {
        if (!keys.has(row.key)) continue
        alive()
        if (rows.push(row) < propertyPage) continue
        yield rows
        rows = []
      }
      if (rows.length) yield rows
    },
    async property(id) {
      alive()
      const row = facts.property(id)
      return row && keys.has(row.key) ? row : null
    },
    fieldValues: () => fieldValuePages(session, app, signal),
    async mapping(namespace, sourceId) {
      alive()
      return (await mappingOf(db, migrationId, namespace, sourceId)) || null
    },
    async userKey(id) {
      alive()
      return facts.userKey(id)
    },
    site: {
      async set(target, key, value) {
        alive()
        mayWrite(key)
        const outcome = await sink.busy(session.properties.set(target, key, value))
        alive()
        return outcome.ok ? { ok: true } : { ok: false, reason: outcome.text }
      },
      async get(target, key) {
        alive()
        return sink.busy(session.properties.get(target, key))
      },
    },
    files: {
      create(name) {
        alive()
        return files.create(name)
      },
      read: (name) => files.read(name),
    },
    records: {
      async add(rows) {
        alive()
        for (const some of inParts(rows)) await records.addRecords(db, place, some)
      },
      open: () => recordPages('open'),
      sent: () => recordPages('sent'),
      async of(sourceIds) {
        alive()
        const found = new Map<string, PathRecord>()
        for (const some of inParts(sourceIds))
          for (const row of await records.recordsOf(db, place, some))
            found.set(row.sourceId, viewRecord(row))
        return found
      },
      async settle(settled) {
        alive()
        await records.settleRecords(db, place, settled)
      },
    },
    checkpoint: {
      async get(name) {
        alive()
        return records.checkpoint(db, place, name)
      },
      async set(name, value) {
        alive()
        await records.setCheckpoint(db, place, name, value)
      },
    },
    log(level, event, message) {
      alive()
      sink.log(level, event, message)
    },
    progress(percent, message) {
      alive()
      sink.progress(percent, message)
    },
    handler,
    close() {
      closed = true
      return files.close()
    },
  }
}

/** A page of a table has thousands of rows, and a statement takes 32,766 values: 2,000 rows have 16,000. */
function* inParts<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += 2000) yield rows.slice(at, at + 2000)
}

const viewRecord = (row: records.AppRecordRow): PathRecord => ({
  n: row.n,
  sourceId: row.sourceId,
  label: row.label,
  rows: row.rows,
  sent: row.sent === 1,
  verdict: row.verdict,
})
