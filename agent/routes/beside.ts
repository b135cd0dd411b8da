import { Hono } from 'hono'
import { type BesidePage, type BesideRow, besideNames } from '../../shared/api-beside.ts'
import { Problem } from '../../shared/problem.ts'
import { straight } from '../../shared/straight.ts'
import { besidePage, deletedFillers } from '../ledger/beside-list.ts'
import type { ItemRow } from '../ledger/items.ts'
import { getMigration } from '../ledger/migrations.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { cut, PageQuery } from './pages.ts'

/** Pages of what a run makes on the site beside the items of the source. */
export const besideRoutes = ({ ledger: { db } }: Pick<AppDeps, 'ledger'>) =>
  new Hono().get('/migrations/:id/beside/:list', valid('query', PageQuery), async (c) => {
    const { id } = await getMigration(db, c.req.param('id'))
    const list = besideNames.find((one) => one === c.req.param('list'))
    if (!list)
      throw new Problem('not-found', 'Nothing of this name is made beside the items.', {
        hint: 'Open the list from the number that it stands behind.',
      })
    const { after, limit } = c.req.valid('query')
    const rows = await besidePage(db, id, list, after, limit + 1)
    const { page, next } = cut(rows, limit, (row) => row.seq)
    const keys = list === 'fillers' ? page.flatMap(({ issueKey }) => issueKey ?? []) : []
    const deleted = await deletedFillers(db, id, keys)
    return c.json({ rows: page.map((row) => viewRow(row, deleted)), next } satisfies BesidePage)
  })

const viewRow = (row: ItemRow, deleted: ReadonlySet<string>): BesideRow => ({
  n: row.seq,
  label: straight(labelOf(row)),
  projectKey: row.projectKey,
  issueKey: row.issueKey,
  state: stateOf(row, deleted),
  reason: row.reasonText,
})

/** An empty issue is known by its key, and what all projects share by what it is. */
function labelOf({ kind, label, issueKey }: ItemRow): string {
  if (kind === 'screens') return 'Screens that all projects share'
  return kind === 'filler' ? (issueKey ?? label) : label
}

function stateOf({ kind, state, issueKey }: ItemRow, deleted: ReadonlySet<string>) {
  if (kind === 'filler' && issueKey !== null && deleted.has(issueKey)) return 'deleted'
  return state === 'sent' ? 'made' : state === 'failed' ? 'failed' : 'waiting'
}
