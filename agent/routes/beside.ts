import { Hono } from 'hono'
import { type BesidePage, type BesideRow, besideNames } from '../../shared/api-beside.ts'
import { Problem } from '../../shared/problem.ts'
import { straight } from '../../shared/straight.ts'
import { besidePage } from '../ledger/beside-list.ts'
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
    return c.json({ rows: page.map(viewRow), next } satisfies BesidePage)
  })

const viewRow = (row: ItemRow): BesideRow => ({
  n: row.seq,
  // An empty issue is known by its key; its label names the thing that only we call so.
  label: straight(row.kind === 'filler' ? (row.issueKey ?? row.label) : row.label),
  projectKey: row.projectKey,
  issueKey: row.issueKey,
  state: row.state === 'sent' ? 'made' : row.state === 'failed' ? 'failed' : 'waiting',
  reason: row.reasonText,
})
