import type { ComponentChildren } from 'preact'
import type { ProblemView } from '../../shared/problem.ts'
import { type Place, toHash } from '../models/place.ts'
import { itemsWords } from '../words.ts'
import { Empty, Skeleton, Trouble } from './parts.tsx'

/** A page of a list as pageModel has it. */
interface PageModel<Page> {
  page: { value: Page | null }
  /** When it came, epoch ms. */
  at: { value: number | null }
  problem: { value: ProblemView | null }
  reload: () => void
}

interface PagedProps<Page, Row> {
  model: PageModel<Page>
  place: Extract<Place, { after: number | null }> & {
    at: 'items' | 'planned' | 'strangers' | 'source' | 'beside'
  }
  rows: (page: Page) => readonly Row[]
  row: (row: Row) => ComponentChildren
  empty: { title: string; text: string }
  /** Lines between the rows, for those that are only read. */
  lined?: boolean
  /** What can be done with the list, after the way to its next page. */
  children?: ComponentChildren
}

/** One page of a long list with the ways to the first and the next one: the address holds which page it is. */
export function Paged<Page extends { next: number | null }, Row>(props: PagedProps<Page, Row>) {
  const { model, place, rows, row, empty, lined = false, children } = props
  const page = model.page.value
  const shown = page === null ? [] : rows(page)
  return (
    <>
      <Trouble problem={model.problem.value} at={model.at.value} onRetry={model.reload} />
      {page === null ? (
        model.problem.value === null && <Skeleton rows={5} />
      ) : shown.length === 0 ? (
        <Empty {...empty} />
      ) : (
        <ul class={lined ? 'lined' : undefined}>{shown.map(row)}</ul>
      )}
      <div class="bar">
        {place.after !== null && (
          <a class="button" href={toHash({ ...place, after: null })}>
            {itemsWords.first}
          </a>
        )}
        {page !== null && page.next !== null && (
          <a class="button" href={toHash({ ...place, after: page.next })}>
            {itemsWords.next}
          </a>
        )}
        {children}
      </div>
    </>
  )
}
