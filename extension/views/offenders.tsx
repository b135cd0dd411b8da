import { useModel, useSignal } from '@preact/signals'
import { OffendersModel } from '../models/checks.ts'
import { itemsWords } from '../words.ts'
import { checkWords } from '../words-checks.ts'
import { Button, Skeleton, Trouble } from './parts.tsx'

interface OffendersProps {
  id: string
  checkKey: string
  title: string
  offenders: number
}

/** Whom a check concerns: how many, the list when it is opened, and all of them as a file. */
export function Offenders({ id, checkKey, title, offenders }: OffendersProps) {
  const open = useSignal(false)
  return (
    <details
      open={open.value}
      onToggle={(event) => {
        open.value = event.currentTarget.open
      }}
    >
      <summary>
        {checkWords.offenders(offenders)}
        <span class="hidden"> {title}</span>
      </summary>
      {open.value && <List key={offenders} id={id} checkKey={checkKey} title={title} />}
    </details>
  )
}

function List({ id, checkKey, title }: Omit<OffendersProps, 'offenders'>) {
  const model = useModel(() => new OffendersModel(id, checkKey))
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
                  <bdi>{one.detail}</bdi>
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
