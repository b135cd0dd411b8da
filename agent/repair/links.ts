import type { AdfDoc, AdfNode } from '../../shared/plan.ts'
import type { Outcome } from '../cloud/writing.ts'
import type { ItemRow } from '../ledger/items.ts'
import { type Swap, swapIn } from '../ledger/rewrites.ts'
import { adfText } from '../verify/text.ts'
import type { Undo } from './assessment.ts'
import type { RepairContext } from './context.ts'

export type LinksUndo = Extract<Undo, { how: 'links' }>
type Where = Pick<LinksUndo, 'kind' | 'issueKey' | 'id'>

/** The texts of one item as they stand on the site now, by field, and the way to write them; null: it is gone. */
interface Texts {
  docs: Readonly<Record<string, AdfDoc | null>>
  write(docs: Readonly<Record<string, AdfDoc>>): Promise<Outcome>
}

/** Reads an item's texts, and takes along what else an edit has to say: restrictions, times. */
export async function textsOnSite(ctx: RepairContext, where: Where): Promise<Texts | null> {
  const { kind, issueKey, id } = where
  if (kind === 'issue') {
    const [issue] = await ctx.read.issues([issueKey])
    if (!issue) return null
    const { description, environment } = issue
    return {
      docs: { description, environment },
      write: (docs) => ctx.mend.editIssue(issueKey, { ...docs }),
    }
  }
  if (id === null) return null
  if (kind === 'comment') {
    const one = await ctx.mend.comment(issueKey, id)
    if (!one) return null
    const { body, visibility } = one
    return {
      docs: { body },
      write: (docs) => ctx.mend.editComment(issueKey, id, { body: docs.body ?? body, visibility }),
    }
  }
  const log = await ctx.mend.worklog(issueKey, id)
  if (!log) return null
  const { started, timeSpentSeconds, comment, visibility } = log
  return {
    docs: { comment },
    write: (docs) =>
      ctx.mend.editWorklog(issueKey, id, {
        started,
        timeSpentSeconds,
        comment: docs.comment ?? comment,
        visibility,
      }),
  }
}

/** Where a rewriting stands: as it was written, as it was before, or neither, for somebody changed those very links. */
export async function linksStand(
  ctx: RepairContext,
  undo: LinksUndo,
): Promise<'as written' | 'before' | 'changed'> {
  const there = await textsOnSite(ctx, undo)
  if (!there) return 'changed'
  const texts = undo.texts.map((one) => ({ ...one, now: there.docs[one.field] ?? null }))
  if (texts.every(({ now, after }) => adfText(now) === adfText(after))) return 'as written'
  if (texts.every(({ now, before }) => adfText(now) === adfText(before))) return 'before'
  // Somebody wrote elsewhere in the text; the links themselves may be as they were written.
  const holds = (to: boolean) =>
    texts.every(({ now, swaps }) =>
      swaps.every(
        (swap) => has(now, to ? swap : backwards(swap)) && !has(now, to ? backwards(swap) : swap),
      ),
    )
  if (holds(true)) return 'as written'
  return holds(false) ? 'before' : 'changed'
}

/** Puts the old links back where they stood, and leaves what else was written since. */
export async function putBack(ctx: RepairContext, undo: LinksUndo): Promise<Outcome> {
  const there = await textsOnSite(ctx, undo)
  if (!there) return gone
  const docs: Record<string, AdfDoc> = {}
  for (const { field, before, after, swaps } of undo.texts) {
    const now = there.docs[field]
    if (!now) return gone
    if (adfText(now) === adfText(after)) docs[field] = before
    // What stood in the text beforehand is not told from what was written any more.
    else if (swaps.some((swap) => has(before, swap))) return mixed
    else docs[field] = swaps.reduce(unswapped, now)
  }
  return there.write(docs)
}

const gone: Outcome = {
  ok: false,
  code: 'not-found',
  text: 'The text is not on the site any more.',
  hint: 'There is nothing to put back.',
  again: false,
}
const mixed: Outcome = {
  ok: false,
  code: 'not-now',
  text: 'The text was edited since, and it led to the same place before: the links cannot be told apart.',
  hint: 'Change them by hand on the issue.',
  again: false,
}

function unswapped(doc: AdfDoc, swap: Swap): AdfDoc {
  if (swap.what === 'link') return swapIn(doc, [{ what: 'link', from: swap.to, to: swap.from }])
  const visit = (node: AdfNode): AdfNode => {
    if (isMention(node, swap.accountId)) return { type: 'text', text: swap.from }
    return node.content ? { ...node, content: node.content.map(visit) } : node
  }
  return { ...doc, content: doc.content.map(visit) }
}

const isMention = (node: AdfNode, accountId: string) =>
  node.type === 'mention' && node.attrs?.id === accountId

/** backwards: whether the text has what stood there before the swap. */
type Side = { href: string } | { accountId: string } | { name: Swap }
const backwards = (swap: Swap): Side =>
  swap.what === 'link' ? { href: swap.from } : { name: swap }

function has(doc: AdfDoc | null, what: Swap | Side): boolean {
  if (!doc) return false
  if ('name' in what) return JSON.stringify(swapIn(doc, [what.name])) !== JSON.stringify(doc)
  const href = 'href' in what ? what.href : 'to' in what ? what.to : null
  const id = 'accountId' in what ? what.accountId : null
  const visit = (node: AdfNode): boolean =>
    (id !== null && isMention(node, id)) ||
    (href !== null &&
      ((/Card$/.test(node.type) && node.attrs?.url === href) ||
        (node.marks?.some(({ type, attrs }) => type === 'link' && attrs?.href === href) ??
          false))) ||
    (node.content?.some(visit) ?? false)
  return doc.content.some(visit)
}

export const textKinds = ['issue', 'comment', 'worklog'] as const
export const isTextKind = (kind: ItemRow['kind']): kind is (typeof textKinds)[number] =>
  (textKinds as readonly string[]).includes(kind)
