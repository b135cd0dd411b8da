import type { AdfDoc, AdfNode } from '../../shared/plan.ts'
import type { ItemRow } from './items.ts'
import type { LedgerDb } from './open.ts'

/** What stands in a text and what is to stand there: an address, or a name that becomes a mention. */
export type Swap =
  | { what: 'link'; from: string; to: string }
  | { what: 'mention'; from: string; accountId: string }

/** The texts that an item of the source has, by the names of verify's fields and of the promise. */
export const textFields = {
  issue: { description: 'description', environment: 'environment' },
  comment: { body: 'body' },
  worklog: { comment: 'comment' },
} as const satisfies Partial<Record<ItemRow['kind'], Record<string, string>>>
export const hasTexts = (kind: ItemRow['kind']): kind is keyof typeof textFields =>
  kind in textFields

/** The document with these links and names swapped wherever they stand, and all else as it is. */
export function swapIn(doc: AdfDoc, swaps: readonly Swap[]): AdfDoc {
  const links = new Map(swaps.flatMap((one) => (one.what === 'link' ? [[one.from, one.to]] : [])))
  const names = swaps.filter((one) => one.what === 'mention')
  const visit = (node: AdfNode): AdfNode[] => {
    if (node.type === 'text') return names.reduce(mentioning, [linked(node, links)])
    const url = /Card$/.test(node.type) ? links.get(String(node.attrs?.url)) : undefined
    const next = url === undefined ? node : { ...node, attrs: { ...node.attrs, url } }
    // Code is shown as it was written.
    if (!next.content || next.type === 'codeBlock') return [next]
    return [{ ...next, content: next.content.flatMap(visit) }]
  }
  return { ...doc, content: doc.content.flatMap(visit) }
}

function linked(node: AdfNode, links: ReadonlyMap<string | undefined, string | undefined>) {
  const at = node.marks?.findIndex(({ type }) => type === 'link') ?? -1
  const mark = node.marks?.[at]
  const old = mark?.attrs?.href
  const href = typeof old === 'string' ? links.get(old) : undefined
  if (!mark || !node.marks || href === undefined) return node
  const marks = node.marks.with(at, { ...mark, attrs: { ...mark.attrs, href } })
  // An address that is its own words changes as a whole.
  return { ...node, marks, ...(node.text === old ? { text: href } : {}) }
}

/** Names only count where they stand as a word of their own, outside of code and links. */
function mentioning(nodes: AdfNode[], swap: Extract<Swap, { what: 'mention' }>): AdfNode[] {
  return nodes.flatMap((node) => {
    const kept = node.marks?.some(({ type }) => type === 'code' || type === 'link')
    if (node.type !== 'text' || kept || !node.text?.includes(swap.from)) return [node]
    const mark = { id: swap.accountId, text: swap.from, accessLevel: '' }
    const parts = node.text.split(asWord(swap.from))
    return parts.flatMap((text, i): AdfNode[] => [
      ...(i > 0 ? [{ type: 'mention', attrs: mark }] : []),
      ...(text === '' ? [] : [{ ...node, text }]),
    ])
  })
}

const asWord = (name: string) =>
  new RegExp(
    `(?<![\\p{L}\\p{N}_])${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\p{L}\\p{N}_])`,
    'u',
  )

/**
 * The items as they are promised since their links and mentions were rewritten: what a repair wrote with a
 * person's yes, and read back, is what a verification expects. A repair that was undone does not count.
 */
export async function withRewrites(
  db: LedgerDb,
  migrationId: string,
  items: readonly ItemRow[],
): Promise<ItemRow[]> {
  const seqs = items.flatMap(({ seq, kind }) => (hasTexts(kind) ? [seq] : []))
  if (seqs.length === 0) return [...items]
  const swaps = new Map<number, Swap[]>()
  for (let from = 0; from < seqs.length; from += 500) {
    const rows = await db
      .selectFrom('repair')
      .select(['seq', 'undoJson'])
      .where('migrationId', '=', migrationId)
      .where('seq', 'in', seqs.slice(from, from + 500))
      .where('state', 'in', ['sending', 'sent', 'verified'])
      .where('undoJson', 'like', '{"how":"links"%')
      .orderBy('n')
      .execute()
    for (const { seq, undoJson } of rows) {
      const undo = JSON.parse(undoJson ?? '{}') as { swaps: Swap[] }
      swaps.set(seq, [...(swaps.get(seq) ?? []), ...undo.swaps])
    }
  }
  return items.map((item) => {
    const own = swaps.get(item.seq)
    return own ? { ...item, promiseJson: promisedSince(item, own) } : item
  })
}

function promisedSince({ kind, promiseJson }: ItemRow, swaps: readonly Swap[]): string | null {
  if (promiseJson === null || !hasTexts(kind)) return promiseJson
  const promise = JSON.parse(promiseJson) as Record<string, unknown>
  for (const field of Object.keys(textFields[kind])) {
    const doc = promise[field] as AdfDoc | null | undefined
    if (doc) promise[field] = swaps.reduce((now, swap) => swapIn(now, [swap]), doc)
  }
  return JSON.stringify(promise)
}
