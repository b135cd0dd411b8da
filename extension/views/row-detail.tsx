import type { RowCount } from '../../shared/row-counts.ts'
import { fromHash, itemsHash, sourceHash, toHash } from '../models/place.ts'

interface RowDetailProps {
  id: string
  detail: string
  counts: readonly RowCount[]
  /** It stands in a line with others, and is short. */
  inline?: boolean
}

/** The list behind a number of a row; null for one that opens below it. */
function hrefOf(id: string, count: RowCount): string | null {
  if (count.at === 'rows') return null
  if (count.at === 'app')
    return toHash({ at: 'migration', id, tab: 'apps', after: null, app: count.app })
  if (count.at === 'items') {
    const { kind, project, only } = count
    return itemsHash(id, { kind, project, ...(only === null ? {} : { only }) })
  }
  const { at: _, words: __, list, ...more } = count
  const given = Object.entries(more).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  // Checks stand in a tab, and in a step of the setup.
  const from = fromHash(location.hash).at === 'setup' ? 'step-checks' : 'checks'
  return sourceHash(id, list, { ...Object.fromEntries(given), from })
}

/** What a row of a check says; the words of it that count something lead to it. */
export function RowDetail({ id, detail, counts, inline = false }: RowDetailProps) {
  let rest = detail
  const parts = counts.flatMap((one) => {
    const href = hrefOf(id, one)
    const at = href === null ? -1 : rest.indexOf(one.words)
    if (href === null || at < 0) return []
    const before = rest.slice(0, at)
    rest = rest.slice(at + one.words.length)
    return [
      before,
      <a key={one.words} href={href}>
        {one.words}
        {one.at === 'items' && one.project !== null && <span class="hidden"> ({one.project})</span>}
      </a>,
    ]
  })
  return (
    <bdi class={inline ? undefined : 'clamped'} title={inline ? undefined : detail}>
      {parts}
      {rest}
    </bdi>
  )
}
