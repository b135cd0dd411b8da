import { type ReadonlySignal, useModel, useSignal } from '@preact/signals'
import { useEffect, useId } from 'preact/hooks'
import type { AppRecordView } from '../../shared/api-apps.ts'
import { type Verdict, verdicts } from '../../shared/status.ts'
import { AppRecordsModel } from '../models/app-records.ts'
import { codeOfAppRecord } from '../models/explain.ts'
import { sourceHash } from '../models/place.ts'
import { openPlace } from '../models/where.ts'
import { itemsWords, onTheWay, verdictWords } from '../words.ts'
import { appRecordWords } from '../words-apps.ts'
import { Explain } from './explain.tsx'
import { VerdictLabel } from './marks.tsx'
import { Button, Skeleton, Trouble } from './parts.tsx'

interface AppRecordsProps {
  id: string
  appKey: string
  verdict: Verdict | null
  changed: ReadonlySignal<number | undefined>
}

/** What the numbers of an app count, folded away until one of them is asked for. */
export function AppRecords(props: AppRecordsProps) {
  const open = useSignal(props.verdict !== null)
  useEffect(() => {
    if (props.verdict !== null) open.value = true
  }, [props.verdict])
  return (
    <details
      open={open.value}
      onToggle={(event) => {
        open.value = event.currentTarget.open
      }}
    >
      <summary>{appRecordWords.title}</summary>
      {open.value && <Records key={props.verdict ?? ''} {...props} />}
    </details>
  )
}

/** Each record with its verdict and, where it has one, the reason. */
function Records({ id, appKey, verdict, changed }: AppRecordsProps) {
  const model = useModel(() => new AppRecordsModel(id, appKey, verdict, changed))
  const records = model.records.value
  return (
    <div class="stack tight">
      <Choose id={id} appKey={appKey} verdict={verdict} />
      <Trouble
        problem={model.problem.value}
        at={records === null ? null : undefined}
        onRetry={model.reload}
      />
      {records === null ? (
        !model.problem.value && <Skeleton rows={3} />
      ) : records.length === 0 ? (
        <p class="quiet">{appRecordWords.none}</p>
      ) : (
        <ul>
          {records.map((record) => (
            <Record key={record.n} id={id} appKey={appKey} record={record} />
          ))}
        </ul>
      )}
      {model.next.value !== null && (
        <div>
          <Button look="small" onClick={model.more}>
            {appRecordWords.more}
          </Button>
        </div>
      )}
    </div>
  )
}

function Choose({ id, appKey, verdict }: Omit<AppRecordsProps, 'changed'>) {
  const field = useId()
  const turn = (to: Verdict | null) =>
    openPlace({ at: 'migration', id, tab: 'apps', after: null, app: appKey, verdict: to })
  return (
    <span class="bar">
      <label for={field} class="quiet">
        {itemsWords.verdict}
      </label>
      <select
        id={field}
        value={verdict ?? ''}
        onChange={(event) =>
          turn(verdicts.find((one) => one === event.currentTarget.value) ?? null)
        }
      >
        <option value="">{itemsWords.allVerdicts}</option>
        {verdicts.map((one) => (
          <option key={one} value={one}>
            {verdictWords[one]}
          </option>
        ))}
      </select>
    </span>
  )
}

interface RecordProps {
  id: string
  appKey: string
  record: AppRecordView
}

function Record({ id, appKey, record }: RecordProps) {
  const { label, rows, listed, verdict, reason } = record
  return (
    <li class="row item">
      <div class="wrap">
        <bdi>{label}</bdi>{' '}
        {listed && rows > 0 ? (
          <a href={sourceHash(id, listed.list, { ...listed, app: appKey })}>
            {appRecordWords.rows(rows)}
          </a>
        ) : (
          rows !== 1 && <span class="quiet">{appRecordWords.rows(rows)}</span>
        )}
        {reason !== null && (
          <p class="wrap">
            <bdi>{reason}</bdi>{' '}
            {verdict === 'failed' && <Explain code={codeOfAppRecord} of={label} look="link" />}
          </p>
        )}
      </div>
      {verdict === null ? (
        <span class="verdict">{onTheWay}</span>
      ) : (
        <VerdictLabel verdict={verdict} />
      )}
    </li>
  )
}
