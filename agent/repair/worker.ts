import type { RepairVia } from '../../shared/api-repair.ts'
import { Problem, viewProblem } from '../../shared/problem.ts'
import type { ItemRow } from '../ledger/items.ts'
import { getRepair, moveRepair, openRepairStates, type RepairRow } from '../ledger/repairs.ts'
import type { LineParts } from '../line.ts'
import type { RepairContext } from './context.ts'
import type { Session } from './session.ts'
import { prove, repair, settle } from './step.ts'
import { undoRepair } from './undo.ts'

/** What a row's step has to know of the job that it belongs to. */
interface Work {
  aborter: AbortController
  relay: object | null
}

/** Takes one open repair a step further, whatever its state is. */
export function createWorker(parts: LineParts) {
  const { db } = parts.ledger

  /**
   * One row's next step, whatever it is; a row that cannot be worked on says why and is over. What may be on the
   * site already is only looked for, which the agent's token can do for a page that has gone.
   * @returns false where that could not be found out: the row stays open, and is looked for again later
   */
  async function workOn(
    row: RepairRow,
    open: (via: RepairVia) => Promise<Session>,
    job: Work,
  ): Promise<boolean> {
    const looksOnly = row.state === 'sending' || row.state === 'sent'
    try {
      if (looksOnly) {
        const byPage = (error: unknown) => (job.relay ? open('page') : Promise.reject(error))
        const { ctx } = await open('agent').catch(byPage)
        if (row.state === 'sending') await settle(ctx, row)
        else await proveRow(ctx, row)
        return true
      }
      const { ctx } = await open(row.state === 'undoing' ? (row.undoVia ?? row.via) : row.via)
      if (row.state === 'planned') await repair(ctx, row)
      else await undoRepair(ctx, row, row.undoFrom ?? 'verified')
      return true
    } catch (error) {
      if (job.aborter.signal.aborted) return false
      const { state } = await getRepair(db, row.migrationId, row.n)
      if (state !== 'sending' && state !== 'sent') {
        await giveUp(row, error)
        return true
      }
      const problemJson = JSON.stringify(viewProblem(error))
      await moveRepair(db, row.n, ['sending', 'sent'], { problemJson })
      return false
    }
  }

  async function proveRow(ctx: RepairContext, row: RepairRow): Promise<void> {
    const item = await itemOf(row)
    if (item) await prove(ctx, row, item, row.siteId)
    else await giveUp(row, notThere())
  }

  const itemOf = (row: RepairRow): Promise<ItemRow | undefined> =>
    db.selectFrom('item').selectAll().where('seq', '=', row.seq).executeTakeFirst()

  /** What was sent keeps its way back, since it may be on the site. */
  async function giveUp(row: RepairRow, error: unknown): Promise<void> {
    const now = await getRepair(db, row.migrationId, row.n)
    const problemJson = JSON.stringify(viewProblem(error))
    const undoing = now.state === 'undoing'
    await moveRepair(db, row.n, openRepairStates, {
      state: undoing ? (now.undoFrom ?? 'verified') : 'failed',
      problemJson,
      settledAt: parts.now(),
    })
  }

  return { workOn, giveUp }
}

export const pageGone = () =>
  new Problem('site-unreachable', 'The way through the page is gone.', {
    hint: 'Open the issue on the site, and begin again there.',
    again: true,
  })
const notThere = () =>
  new Problem('not-found', 'The migration was planned anew, and this item is no longer in it.', {
    hint: 'Look at the list of items again.',
  })
