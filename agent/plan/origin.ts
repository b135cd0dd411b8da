import type { Origin, Reason } from '../../shared/plan.ts'
import type { Context } from './context.ts'
import { nameLeftOut } from './people.ts'

interface ByLine {
  author: string | null
  created: string | null
  updateAuthor: string | null
  updated: string | null
}

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

/** Who wrote and who changed a text, as an origin says it; of people left out their word, and no key. */
export function authorship({ people, times }: Context, row: ByLine) {
  const author = people.of(row.author)
  return {
    author: author?.displayName,
    authorKey: author?.leftOut ? null : row.author,
    created: times.iso(row.created),
    updateAuthor: people.of(row.updateAuthor)?.displayName,
    updated: times.iso(row.updated),
  }
}

/** What is lost of a text whose author, or whoever changed it, is left out. */
export function authorLosses({ people }: Context, row: ByLine): Reason[] {
  if (people.of(row.author)?.leftOut) return [nameLeftOut('Its author')]
  return people.of(row.updateAuthor)?.leftOut ? [nameLeftOut('Who changed it')] : []
}

/** "Fred Normal, 7 Jan 2008, 16:24 (edited by Admin, 8 Jan 2008, 10:00)". */
export function byLine(context: Context, row: ByLine): string {
  const { people, times } = context
  const author = people.of(row.author)?.displayName ?? 'Anonymous'
  const created = times.person(row.created)
  const line = [author, created].filter(Boolean).join(', ')
  if (!row.updated || row.updated === row.created) return line
  const editor = people.of(row.updateAuthor)?.displayName
  const by = editor && editor !== author ? ` by ${editor}` : ''
  return `${line} (edited${by} ${times.person(row.updated)})`
}
