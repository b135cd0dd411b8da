import type { Origin } from '../../shared/plan.ts'
import type { Context } from './context.ts'

/** Only the parts that are known: an Origin has no nulls. */
export function origin(
  context: Context,
  kind: Origin['kind'],
  id: string,
  parts: { [K in keyof Omit<Origin, 'v' | 'source' | 'kind' | 'id'>]?: string | null | undefined },
): Origin {
  const known = Object.entries(parts).filter(([, value]) => value !== null && value !== undefined)
  return { v: 1, source: context.info.sourceId, kind, id, ...Object.fromEntries(known) }
}

/** "Fred Normal, 7 Jan 2008, 16:24 (edited by Admin, 8 Jan 2008, 10:00)". */
export function byLine(
  context: Context,
  row: {
    author: string | null
    created: string | null
    updateAuthor: string | null
    updated: string | null
  },
): string {
  const { people, times } = context
  const author = people.of(row.author)?.displayName ?? 'Anonymous'
  const created = times.person(row.created)
  const line = [author, created].filter(Boolean).join(', ')
  if (!row.updated || row.updated === row.created) return line
  const editor = people.of(row.updateAuthor)?.displayName
  const by = editor && editor !== author ? ` by ${editor}` : ''
  return `${line} (edited${by} ${times.person(row.updated)})`
}
