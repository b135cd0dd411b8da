import type { FieldOption } from '../../shared/custom-fields.ts'
import type { Reason } from '../../shared/plan.ts'
import type { FieldOptionRow } from '../../shared/rows.ts'
import { cleanText } from './adf.ts'
import { reason } from './item.ts'
import { cut, fold } from './names.ts'

/** What can be chosen in one field: by the source's option ids, and as the list that the site is to have. */
export interface Options {
  byId: Map<string, FieldOption>
  /** By their text, those that stand on their own: so values were kept before Jira 5.0. */
  byText: Map<string, FieldOption>
  list: FieldOption[]
  losses: Reason[]
}

// Jira's own column for an option's text.
const limit = 255
/** "Each field can have a maximum of 10000 options" (API document). */
export const mostOptions = 10_000

/** used: the values that issues which move have in this field, as the source writes them. */
export function readOptions(
  rows: readonly FieldOptionRow[],
  used: ReadonlySet<string>,
  contexts: number,
): Options {
  const sorted = rows.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))
  const ids = new Map(rows.map((row) => [row.id, row]))
  const isUsed = (row: FieldOptionRow) => used.has(row.id) || used.has(row.value ?? '')
  const needed = new Set(rows.filter(isUsed).map((row) => row.parentId))
  const found: Options = { byId: new Map(), byText: new Map(), list: [], losses: [] }
  const taken = new Map<string, FieldOption>()
  const enabled: string[] = []
  const dropped: string[] = []
  for (const level of [0, 1])
    for (const row of sorted) {
      if ((row.parentId === null) !== (level === 0)) continue
      const value = textOf(row, found.losses)
      if (row.disabled && !isUsed(row) && !needed.has(row.id)) {
        dropped.push(value)
        continue
      }
      if (row.disabled) enabled.push(value)
      // What stands under nothing, or under what stands under something itself, can be chosen by nobody.
      const above = row.parentId === null ? null : ids.get(row.parentId)
      const parent = above ? (found.byId.get(above.id)?.value ?? null) : null
      if (level === 1 && (parent === null || above?.parentId !== null)) continue
      // Two of the same text, from two contexts or by mistake, become one.
      const slot = JSON.stringify([fold(parent ?? ''), fold(value)])
      const option = taken.get(slot) ?? { value, parent }
      if (!taken.has(slot)) found.list.push(option)
      taken.set(slot, option)
      found.byId.set(row.id, option)
      if (parent === null && !found.byText.has(fold(value))) found.byText.set(fold(value), option)
    }
  found.losses.push(...tell(enabled, dropped, contexts))
  return found
}

function textOf(row: FieldOptionRow, losses: Reason[]): string {
  const value = cleanText(row.value ?? '')
    .replace(/\s*[\n\t]\s*/g, ' ')
    .trim()
  if (value.length > limit)
    losses.push(reason('option-cut', `The site takes ${limit} letters for an option: "${value}".`))
  return cut(value, limit) || '(empty)'
}

function tell(enabled: string[], dropped: string[], contexts: number): Reason[] {
  const names = (list: string[]) =>
    `${list
      .slice(0, 5)
      .map((name) => `"${name}"`)
      .join(', ')}${list.length > 5 ? ', …' : ''}`
  const losses: Reason[] = []
  if (enabled.length > 0)
    losses.push(
      reason(
        'option-enabled',
        `Disabled, but still the value of issues, and open to choice on the site: ${names(enabled)}.`,
      ),
    )
  if (dropped.length > 0)
    losses.push(
      reason('option-dropped', `Disabled and of no issue, so not on the site: ${names(dropped)}.`),
    )
  if (contexts > 1)
    losses.push(
      reason(
        'contexts-merged',
        `Its ${contexts} lists of options become one: every project is offered all of them.`,
      ),
    )
  return losses
}
