import type { MiddlewareHandler } from 'hono'
import * as v from 'valibot'
import { clientName } from '../ledger/clients.ts'
import { logEvent } from '../ledger/events.ts'
import { getMigration } from '../ledger/migrations.ts'
import type { AppDeps } from './deps.ts'

const words: Record<string, string> = {
  run: 'Run',
  pause: 'Paused',
  resume: 'Resumed',
  stop: 'Stopped',
  archive: 'Archived',
  unarchive: 'Restored from the archive',
}

/** Writes into a migration's history who did what when; only what was done, not what was refused. */
export const deedLog =
  (deps: AppDeps): MiddlewareHandler =>
  async (c, next) => {
    const at = deps.now()
    await next()
    if (!c.res.ok) return
    const deed =
      deedOf(c.req.method, c.req.path) ?? (await made(deps, c.req.method, c.req.path, c.res))
    if (!deed) return
    const token = c.req.header('authorization')?.replace('Bearer ', '') ?? ''
    const who = await clientName(deps.ledger.db, token)
    await logEvent(deps.ledger.db, {
      migrationId: deed.id,
      at,
      level: 'info',
      phase: 'stage:you',
      text: `${deed.what} by ${who ?? 'a client that is no longer known'}.`,
    })
  }

const created = /^\/api\/migrations(?:\/([^/]+)\/copy)?$/

/** A new migration is told of by the answer that makes it: its history begins with who made it, and from what. */
async function made(
  deps: AppDeps,
  method: string,
  path: string,
  answer: Response,
): Promise<{ id: string; what: string } | null> {
  const match = method === 'POST' ? created.exec(path) : null
  if (!match) return null
  const { id } = v.parse(v.object({ id: v.string() }), await answer.clone().json())
  if (match[1] === undefined) return { id, what: 'Created' }
  const original = await getMigration(deps.ledger.db, decodeURIComponent(match[1]))
  return { id, what: `Copied from "${original.name}"` }
}

/** What a request does to which migration; null for those that only ask. */
function deedOf(method: string, path: string): { id: string; what: string } | null {
  const [id, act] = path.replace(/^\/api\/migrations\//, '').split('/')
  if (!path.startsWith('/api/migrations/') || !id) return null
  if (method === 'PUT' && act === undefined) return { id: decodeURIComponent(id), what: 'Edited' }
  const what = method === 'POST' && act !== undefined ? words[act] : undefined
  return what === undefined ? null : { id: decodeURIComponent(id), what }
}
