import type { Context, MiddlewareHandler } from 'hono'
import * as v from 'valibot'
import { ArchiveBody, ArchivedViewSchema } from '../../shared/api-deeds.ts'
import { clientName } from '../ledger/clients.ts'
import { logEvent } from '../ledger/events.ts'
import { getMigration } from '../ledger/migrations.ts'
import { archiveWords, type Deed, deedOf } from './deeds.ts'
import type { AppDeps } from './deps.ts'

/** Writes into a migration's history who did what when; only what was done, not what was refused. */
export const deedLog =
  (deps: AppDeps): MiddlewareHandler =>
  async (c, next) => {
    const at = deps.now()
    await next()
    if (!c.res.ok) return
    const { db } = deps.ledger
    const one = (await deedOf(deps, c)) ?? (await made(deps, c.req.method, c.req.path, c.res))
    const deeds = one ? [one] : await archivedAtOnce(c)
    if (deeds.length === 0) return
    const token = c.req.header('authorization')?.replace('Bearer ', '') ?? ''
    const client = (await clientName(db, token)) ?? 'a client that is no longer known'
    // Of many at once all lines are written at once: each by itself would wait for the disk.
    await db.transaction().execute(async (tx) => {
      for (const deed of deeds) {
        const by = `${deed.what} by ${deed.who ?? client}`
        const text = deed.note === undefined ? `${by}.` : `${by}: ${deed.note}`
        await logEvent(tx, { migrationId: deed.id, at, level: 'info', phase: 'stage:you', text })
      }
    })
  }

/** What was done to many in one request, each told as if it had been done to it alone. */
async function archivedAtOnce(c: Context): Promise<(Deed & { id: string })[]> {
  if (c.req.method !== 'POST' || c.req.path !== '/api/archive') return []
  const { archived } = v.parse(ArchiveBody, await c.req.json())
  const { done } = v.parse(ArchivedViewSchema, await c.res.clone().json())
  return done.map((id) => ({ id, what: archived ? archiveWords.archive : archiveWords.unarchive }))
}

const created = /^\/api\/migrations(?:\/([^/]+)\/copy)?$/

/** A new migration is told of by the answer that makes it: its history begins with who made it, and from what. */
async function made(
  deps: AppDeps,
  method: string,
  path: string,
  answer: Response,
): Promise<(Deed & { id: string }) | null> {
  const match = method === 'POST' ? created.exec(path) : null
  if (!match) return null
  const { id } = v.parse(v.object({ id: v.string() }), await answer.clone().json())
  if (match[1] === undefined) return { id, what: 'Created' }
  const original = await getMigration(deps.ledger.db, decodeURIComponent(match[1]))
  return { id, what: `Copied from "${original.name}"` }
}
