import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { ProblemView } from '../../shared/problem.ts'
import { itemsWords } from '../words.ts'
import { Button, Skeleton, Trouble } from './parts.tsx'

interface FoldedProps {
  summary: string
  /** What the summary is about, for those who hear it. */
  of: string
  /** Made once somebody opens it: until then nothing is asked for. */
  children: () => ComponentChildren
}

/** A number that opens what it counts, right below it. */
export function Folded({ summary, of, children }: FoldedProps) {
  const open = useSignal(false)
  return (
    <details
      open={open.value}
      onToggle={(event) => {
        open.value = event.currentTarget.open
      }}
    >
      <summary>
        {summary}
        <span class="hidden"> {of}</span>
      </summary>
      {open.value && children()}
    </details>
  )
}

interface TurnedProps<Page> {
  model: {
    page: { value: Page | null }
    after: { value: number | null }
    problem: { value: ProblemView | null }
    turn: (to: number | null) => void
  }
  children: (page: Page) => ComponentChildren
  /** What can be done with the list, after the ways to its pages. */
  more?: ComponentChildren
}

/** A list that stands within a page, and so is turned in place: one page of it, with the ways to the first and the next. */
export function Turned<Page extends { next: number | null }>(props: TurnedProps<Page>) {
  const { model, children, more } = props
  const page = model.page.value
  const after = model.after.value
  const next = page?.next ?? null
  return (
    <div class="stack tight">
      <Trouble
        problem={model.problem.value}
        at={page ? undefined : null}
        onRetry={() => model.turn(after)}
      />
      {!page && !model.problem.value && <Skeleton rows={2} />}
      {page && children(page)}
      <div class="bar">
        {after !== null && (
          <Button look="small" onClick={() => model.turn(null)}>
            {itemsWords.first}
          </Button>
        )}
        {next !== null && (
          <Button look="small" onClick={() => model.turn(next)}>
            {itemsWords.next}
          </Button>
        )}
        {more}
      </div>
    </div>
  )
}

/** Saves the whole list as a file. */
export function CsvButton({
  words,
  of,
  onSave,
}: {
  words: string
  of: string
  onSave: () => void
}) {
  return (
    <Button look="small" onClick={onSave}>
      {words}
      <span class="hidden"> {of}</span>
    </Button>
  )
}
