import { Problem, viewProblem } from '../../shared/problem.ts'
import type { Outcome } from '../cloud/writing.ts'
import { type ItemRow, settleVerdicts } from '../ledger/items.ts'
import { moveRepair, type RepairRow, restoreItem } from '../ledger/repairs.ts'
import { adfText } from '../verify/text.ts'
import { remoteWords } from './assess-link.ts'
import { worklogWords } from './assess-text.ts'
import type { Undo } from './assessment.ts'
import { stampOf } from './changed.ts'
import type { RepairContext } from './context.ts'
import { issueFields } from './issue-fields.ts'
import { linksStand, putBack } from './links.ts'
import { readBack } from './read-back.ts'
import { about, marks, undoOf } from './step.ts'

/** as written: nobody touched it since. before: it is as it was already. changed: somebody did. */
type Stands = 'as written' | 'before' | 'changed'

/**
 * Takes back what a repair wrote, while it stands as it was written; a change that somebody made since is
 * left alone. Each request may be sent again: it sets what was there before, or removes by id.
 * @param state what the repair is when it cannot be taken back
 */
export async function undoRepair(
  ctx: RepairContext,
  row: RepairRow,
  state: 'verified' | 'failed',
): Promise<void> {
  const undo = undoOf(row)
  const back = (problem: unknown) =>
    moveRepair(ctx.db, row.n, ['undoing'], {
      state,
      problemJson: JSON.stringify(viewProblem(problem)),
    })
  if (!undo) {
    await back(
      new Problem('not-now', 'Nothing was written.', { hint: 'There is nothing to undo.' }),
    )
    return
  }
  ctx.forget()
  try {
    const stands = await look(ctx, row, undo)
    if (stands === 'changed') throw changedSince()
    if (stands === 'as written') {
      const before = await marks(ctx, row)
      const outcome = await (undo.how === 'links' ? putBack(ctx, undo) : send(ctx, row, undo))
      if (!outcome.ok)
        throw new Problem('site-refused', outcome.text, {
          hint: outcome.hint,
          again: outcome.again,
        })
      ctx.forget()
      await remember(ctx, row, before)
    }
  } catch (error) {
    if (ctx.signal.aborted) throw error
    await back(error)
    const view = viewProblem(error)
    await ctx.log('error', `Undo of ${row.label}: ${view.sentence}`, about(row, view))
    return
  }
  await conclude(ctx, row)
}

/** The item as it was before, unless it reads back otherwise now. */
async function conclude(ctx: RepairContext, row: RepairRow): Promise<void> {
  if (row.itemJson !== null) await restoreItem(ctx.db, row.seq, row.itemJson)
  const item = await ctx.db
    .selectFrom('item')
    .selectAll()
    .where('seq', '=', row.seq)
    .executeTakeFirst()
  if (item) await judgeAnew(ctx, item)
  const { db } = ctx
  await moveRepair(db, row.n, ['undoing'], {
    state: 'undone',
    undoneAt: ctx.now(),
    problemJson: null,
  })
  await ctx.log('info', `Undid the repair of ${row.label}, by ${row.undoneBy ?? ''}.`, {
    projectKey: row.projectKey,
  })
}

async function judgeAnew(ctx: RepairContext, item: ItemRow): Promise<void> {
  const change = await readBack(ctx, item)
  // Why it had failed is told better by what happened then.
  if (change.verdict === item.verdict && change.verdict === 'failed') return
  await settleVerdicts(ctx.db, [{ ...change, reason: change.reason ?? null }])
}

/** Our own changes are no person's, also those that take something back. */
async function remember(
  ctx: RepairContext,
  row: RepairRow,
  before: ReadonlySet<string>,
): Promise<void> {
  const fresh = [...(await marks(ctx, row))].filter((mark) => !before.has(mark))
  const known = JSON.parse(row.oursJson) as string[]
  await moveRepair(ctx.db, row.n, ['undoing'], { oursJson: JSON.stringify([...known, ...fresh]) })
}

async function look(ctx: RepairContext, row: RepairRow, undo: Undo): Promise<Stands> {
  const { mend, read } = ctx
  switch (undo.how) {
    case 'fields': {
      const [issue] = await read.issues([undo.issueKey])
      if (!issue) return 'changed'
      const all = (texts: Record<string, string>) =>
        Object.entries(texts).every(([name, text]) => issueFields[name]?.thereText(issue) === text)
      if (all(undo.after)) return 'as written'
      return all(undo.before) ? 'before' : 'changed'
    }
    case 'comment': {
      const one = await mend.comment(undo.issueKey, undo.id)
      if (!one) return 'changed'
      if (adfText(one.body) === undo.after) return 'as written'
      return adfText(one.body) === adfText(undo.set.body) ? 'before' : 'changed'
    }
    case 'worklog': {
      const one = await mend.worklog(undo.issueKey, undo.id)
      if (!one) return 'changed'
      if (worklogWords(one) === undo.after) return 'as written'
      return worklogWords(one) === worklogWords(undo.set) ? 'before' : 'changed'
    }
    case 'remoteLink': {
      const all = await read.remoteLinks(undo.before.issueKey)
      const one = all.find(({ globalId }) => globalId === undo.before.globalId)
      if (!one) return 'changed'
      if (remoteWords(one) === undo.after) return 'as written'
      return remoteWords(one) === remoteWords(undo.before) ? 'before' : 'changed'
    }
    case 'links':
      return linksStand(ctx, undo)
    // Links, files and watchers do not change; they are there or not, which their removal finds out.
    case 'turn':
      return row.siteId ? 'as written' : unknown()
    case 'remove':
      if (!row.siteId && undo.mark === '') return unknown()
      return undo.kind === 'comment' || undo.kind === 'worklog'
        ? untouched(ctx, row, undo.issueKey, undo.kind)
        : 'as written'
  }
}

/** What we made ourselves, and whether somebody edited it since. */
async function untouched(
  ctx: RepairContext,
  row: RepairRow,
  issueKey: string,
  kind: 'comment' | 'worklog',
): Promise<Stands> {
  const one = await ctx.mend[kind](issueKey, row.siteId ?? '')
  if (!one) return 'before'
  if (one.made.updated <= one.made.created) return 'as written'
  return (await ctx.ours(issueKey)).has(stampOf(kind, one.id, one.made.updated))
    ? 'as written'
    : 'changed'
}

async function send(
  { mend }: RepairContext,
  row: RepairRow,
  undo: Exclude<Undo, { how: 'links' }>,
): Promise<Outcome> {
  const id = row.siteId ?? ''
  switch (undo.how) {
    case 'fields':
      return mend.editIssue(undo.issueKey, undo.fields)
    case 'comment':
      return mend.editComment(undo.issueKey, undo.id, undo.set)
    case 'worklog':
      return mend.editWorklog(undo.issueKey, undo.id, undo.set)
    case 'remoteLink':
      return mend.createRemoteLink(undo.before)
    case 'turn': {
      const made = await mend.createLink(undo.wrong)
      return made.ok ? mend.removeLink(id) : made
    }
    case 'remove':
      switch (undo.kind) {
        case 'comment':
          return mend.removeComment(undo.issueKey, id)
        case 'worklog':
          return mend.removeWorklog(undo.issueKey, id)
        case 'attachment':
          return mend.removeAttachment(id)
        case 'link':
          return mend.removeLink(id)
        case 'remoteLink':
          return mend.removeRemoteLink(undo.issueKey, undo.mark)
        case 'watcher':
          return mend.removeWatcher(undo.issueKey, undo.mark)
      }
  }
}

function unknown(): never {
  throw new Problem('not-found', 'It is not known what was made on the site.', {
    hint: 'Look at the issue, and remove there what should not be.',
  })
}

const changedSince = () =>
  new Problem('not-now', 'Somebody changed it on the site after the repair; it is left as it is.', {
    hint: 'Look at it on the site, and change it by hand if you still want to.',
  })
