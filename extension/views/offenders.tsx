import { useModel, useSignal } from '@preact/signals'
import { OffendersModel } from '../models/checks.ts'
import { itemsWords } from '../words.ts'
import { checkWords } from '../words-checks.ts'
import { Button, Skeleton, Trouble } from './parts.tsx'
import { RowDetail } from './row-detail.tsx'

interface OffendersProps {
  id: string
  checkKey: string
  title: string
  /** 'found', or another list of the check. */
  list: string
  /** Of that list, only what is part of the row with this subject. */
  part?: string
  /** How many there are, in words. */
  summary: string
  /** When it was asked; null never. */
  at: number | null
}

/** Whom a check concerns, or what it counts beside: how many, the list when it is opened, and all as a file. */
export function Offenders({ summary, at, ...rest }: OffendersProps) {
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
        <span class="hidden"> {rest.title}</span>
      </summary>
      {open.value && <List key={at} at={at} {...rest} />}
    </details>
  )
}

function List({ id, checkKey, title, list, part, at }: Omit<OffendersProps, 'summary'>) {
  const model = useModel(
    () => new OffendersModel(id, checkKey, part === undefined ? { list } : { list, part }),
  )
  const page = model.page.value
  const [what, project, detail] = checkWords.columns
  return (
    <div class="stack tight">
      <Trouble
        problem={model.problem.value}
        at={page ? undefined : null}
        onRetry={() => model.turn(model.after.value)}
      />
      {!page && !model.problem.value && <Skeleton rows={2} />}
      {page && (
        <table class="cards lines" aria-label={title}>
          <thead>
            <tr>
              {checkWords.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.offenders.map((one) => (
              <tr key={one.n}>
                <td class="wide" data-label={what}>
                  <bdi>{one.subject}</bdi>
                </td>
                <td class={one.projectKey === null ? 'empty' : ''} data-label={project}>
                  {one.projectKey}
                </td>
                <td class="wide" data-label={detail}>
                  <RowDetail id={id} detail={one.detail} counts={one.counts} inline />
                  {one.counts.map(
                    (count) =>
                      count.at === 'rows' && (
                        <Offenders
                          key={count.words}
                          id={id}
                          checkKey={checkKey}
                          title={one.subject}
                          list={count.list}
                          part={count.partOf}
                          summary={count.words}
                          at={at}
                        />
                      ),
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div class="bar">
        {model.after.value !== null && (
          <Button look="small" onClick={() => model.turn(null)}>
            {itemsWords.first}
          </Button>
        )}
        {page && page.next !== null && (
          <Button look="small" onClick={() => model.turn(page.next)}>
            {itemsWords.next}
          </Button>
        )}
        <Button look="small" onClick={model.download}>
          {checkWords.csv}
          <span class="hidden"> {title}</span>
        </Button>
      </div>
    </div>
  )
}
