import { Hono } from 'hono'
import type { ConsequencesView } from '../../shared/api-deeds.ts'
import { kinds } from '../../shared/plan.ts'
import { getMigration } from '../ledger/migrations.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { sentOf, tally } from '../ledger/tally.ts'
import type { AppDeps } from './deps.ts'

/** What a stop or a delete leaves where, for the question before it. */
export const consequenceRoutes = (deps: AppDeps) =>
  new Hono().get('/migrations/:id/consequences', async (c) => {
    const { id } = await getMigration(deps.ledger.db, c.req.param('id'))
    return c.json<ConsequencesView>({
      ...(await onSite(deps.ledger.db, id)),
      disk: await deps.setup.onDisk(id),
    })
  })

async function onSite(db: LedgerDb, id: string): Promise<Omit<ConsequencesView, 'disk'>> {
  const rows = await tally(db, id)
  const { mode } = await getMigration(db, id)
  // A verification sends nothing, and a user is matched with an account that was there.
  const sent = mode === 'verify' ? [] : kinds.filter((kind) => kind !== 'user')
  return {
    onSite: sent.flatMap((kind) => {
      const items = sentOf(rows, kind)
      return items ? [{ kind, items }] : []
    }),
    waiting:
      mode === 'verify'
        ? 0
        : rows
            .filter(
              (row) => ['planned', 'sending', 'unsure'].includes(row.state) && isCounted(row.kind),
            )
            .reduce((sum, row) => sum + row.n, 0),
  }
}

const counted = new Set<string>(kinds)
const isCounted = (kind: string) => counted.has(kind)
