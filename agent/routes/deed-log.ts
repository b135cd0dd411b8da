import type { MiddlewareHandler } from 'hono'
import * as v from 'valibot'
import { clientName } from '../ledger/clients.ts'
import { logEvent } from '../ledger/events.ts'
import { getMigration } from '../ledger/migrations.ts'
import { type Deed, deedOf } from './deeds.ts'
import type { AppDeps } from './deps.ts'

/** Writes into a migration's history who did what when; only what was done, not what was refused. */
export const deedLog =
  (deps: AppDeps): MiddlewareHandler =>
  async (c, next) => {
    const at = deps.now()
    await next()
    if (!c.res.ok) return
    const deed = (await deedOf(deps, c)) ?? (await made(deps, c.req.method, c.req.path, c.res))
    if (!deed) return
    const token = c.req.header('authorization')?.replace('Bearer ', '') ?? ''
    const who = deed.who ?? (await clientName(deps.ledger.db, token))
    const by = `${deed.what} by ${who ?? 'a client that is no longer known'}`
    await logEvent(deps.ledger.db, {
      migrationId: deed.id,
      at,
      level: 'info',
      phase: 'stage:you',
      text: deed.note === undefined ? `${by}.` : `${by}: ${deed.note}`,
    })
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
