import type { ComponentChildren } from 'preact'
import { count } from '../../words.ts'

/** A number, with the address of the list behind it where there is one. */
type Cell = number | { n: number; href: string }

interface NumberTableProps {
  title: string
  /** The first one heads the rows. */
  columns: string[]
  rows: { key: string; head: ComponentChildren; numbers: Cell[] }[]
}

/** Numbers under their titles; a card a row where it is narrow. */
export function NumberTable({ title, columns, rows }: NumberTableProps) {
  if (rows.length === 0) return null
  return (
    <section class="stack tight">
      <h2>{title}</h2>
      <table class="cards dense" aria-label={title}>
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={column} scope="col" class={i === 0 ? '' : 'number'}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, head, numbers }) => (
            <tr key={key}>
              <td class="block wide">{head}</td>
              {numbers.map((n, i) => (
                <td key={columns[i + 1]} class="number" data-label={columns[i + 1]}>
                  <Figure of={n} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Nothing leads to an empty list. */
function Figure({ of }: { of: Cell }) {
  const n = typeof of === 'number' ? of : of.n
  return n === 0 || typeof of === 'number' ? (
    <span class="figure">{count(n)}</span>
  ) : (
    <a href={of.href}>{count(n)}</a>
  )
}
