import type { RowCount } from '../../shared/row-counts.ts'
import { itemsHash } from '../models/place.ts'

interface RowDetailProps {
  id: string
  detail: string
  counts: readonly RowCount[]
}

/** What a row of a check says; the words of it that count items lead to them. */
export function RowDetail({ id, detail, counts }: RowDetailProps) {
  const links = counts.filter((one) => one.at === 'items' && detail.includes(one.words))
  let rest = detail
  const parts = links.flatMap((one) => {
    if (one.at !== 'items') return []
    const { words, kind, project, only } = one
    const at = rest.indexOf(words)
    if (at < 0) return []
    const before = rest.slice(0, at)
    rest = rest.slice(at + words.length)
    const ask = { kind, project, ...(only === null ? {} : { only }) }
    return [
      before,
      <a key={words} href={itemsHash(id, ask)}>
        {words}
        {project !== null && <span class="hidden"> ({project})</span>}
      </a>,
    ]
  })
  return (
    <bdi class="clamped" title={detail}>
      {parts}
      {rest}
    </bdi>
  )
}
