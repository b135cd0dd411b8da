import type { MiddlewareHandler } from 'hono'
import { clientName } from '../ledger/clients.ts'
import { logEvent } from '../ledger/events.ts'
import type { AppDeps } from './deps.ts'

const words: Record<string, string> = {
  run: 'Run',
  pause: 'Paused',
  resume: 'Resumed',
  stop: 'Stopped',
  archive: 'Archived',
  unarchive: 'Taken out of the archive',
}

/** Writes into a migration's history who did what when; only what was done, not what was refused. */
export const deedLog =
  (deps: AppDeps): MiddlewareHandler =>
  async (c, next) => {
    const at = deps.now()
    await next()
    const deed = deedOf(c.req.method, c.req.path)
    if (!deed || !c.res.ok) return
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

/** What a request does to which migration; null for those that only ask. */
function deedOf(method: string, path: string): { id: string; what: string } | null {
  const [id, act] = path.replace(/^\/api\/migrations\//, '').split('/')
  if (!path.startsWith('/api/migrations/') || !id) return null
  if (method === 'PUT' && act === undefined) return { id: decodeURIComponent(id), what: 'Edited' }
  const what = method === 'POST' && act !== undefined ? words[act] : undefined
  return what === undefined ? null : { id: decodeURIComponent(id), what }
}
