import { useModel } from '@preact/signals'
import type { AppTablePage, SourceRow } from '../../shared/api-source.ts'
import { type SourcePlace, tabHash, toHash } from '../models/place.ts'
import { AppTableModel, SourceRowsModel } from '../models/source-rows.ts'
import { count } from '../words.ts'
import { appsWords } from '../words-apps.ts'
import { rowsWords } from '../words-rows.ts'
import { stepWords } from '../words-setup.ts'
import { Paged } from './paged.tsx'

/** The rows of the source behind a number: what they are, and to which issue or project they belong. */
export function SourceRows({ place }: { place: SourcePlace }) {
  const { list, app, field, entity, project, issue, workflow, part, table } = place
  const narrowed = [
    app !== undefined && table === undefined && rowsWords.ofApp(app),
    entity !== undefined && rowsWords.ofEntity(entity),
    field !== undefined && (list === 'fieldOption' ? rowsWords.ofOneField : rowsWords.ofField),
    project !== undefined && rowsWords.ofProject(project),
    issue !== undefined && rowsWords.ofProject(issue),
    workflow !== undefined && rowsWords.ofWorkflow(workflow, part),
  ].filter((words) => words !== false)
  return (
    <section class="stack">
      <Back place={place} />
      <h1 tabIndex={-1} class="wrap long">
        {table === undefined ? rowsWords.title(list) : rowsWords.table(table)}
      </h1>
      {narrowed.length > 0 && (
        <p class="quiet wrap">
          <bdi>{narrowed.join(', ')}</bdi>
        </p>
      )}
      {table === undefined ? <Rows place={place} /> : <Table place={place} />}
    </section>
  )
}

/** To the place whose number this list stands behind. */
function Back({ place: { id, app, project, person, from } }: Shown) {
  if (app !== undefined)
    return (
      <a href={toHash({ at: 'migration', id, tab: 'apps', after: null, app })}>
        ‹ {appsWords.title}
      </a>
    )
  if (from === 'checks') return <a href={tabHash(id, 'checks')}>‹ {stepWords.checks.title}</a>
  if (from === 'step-checks') return <StepLink id={id} step="checks" />
  if (from === 'source') return <StepLink id={id} step="source" />
  if (person !== undefined) return <StepLink id={id} step="people" />
  if (project !== undefined) return <StepLink id={id} step="scope" />
  return <a href={toHash({ at: 'setup', id, step: 'inspection' })}>‹ {rowsWords.back}</a>
}

interface Shown {
  place: SourcePlace
}

const StepLink = ({ id, step }: { id: string; step: 'people' | 'scope' | 'source' | 'checks' }) => (
  <a href={toHash({ at: 'setup', id, step })}>‹ {stepWords[step].title}</a>
)

function Rows({ place }: { place: SourcePlace }) {
  const model = useModel(() => new SourceRowsModel(place))
  const note = model.page.value?.note ?? null
  return (
    <>
      {note !== null && (
        <p class="quiet wrap">
          <bdi>{note}</bdi>
        </p>
      )}
      <Paged
        model={model}
        place={place}
        rows={({ rows }) => rows}
        row={(row) => <Row key={row.n} row={row} list={place.list} />}
        empty={{ title: rowsWords.empty, text: rowsWords.emptyText }}
        lined
      />
    </>
  )
}

function Row({ row, list }: { row: SourceRow; list: SourcePlace['list'] }) {
  const { label, detail, issueKey, projectKey } = row
  const key = issueKey ?? (list === 'projectKey' ? null : projectKey)
  return (
    <li>
      <div class="stack tight">
        <span class="wrap clamped" title={label}>
          {key !== null && <strong>{key} </strong>}
          {label === '' ? <span class="quiet">{rowsWords.noName}</span> : <bdi>{label}</bdi>}
        </span>
        {detail && (
          <span class="quiet wrap clamped" title={detail}>
            <bdi>{detail}</bdi>
          </span>
        )}
      </div>
    </li>
  )
}

function Table({ place }: { place: SourcePlace }) {
  const model = useModel(() => new AppTableModel(place))
  return (
    <>
      {model.page.value === null && model.problem.value === null && (
        <p class="quiet">{rowsWords.reading}</p>
      )}
      <Paged
        model={model}
        place={place}
        rows={({ rows }) => rows}
        row={(row) => <Cells key={row.n} row={row} />}
        empty={{ title: rowsWords.empty, text: rowsWords.emptyText }}
        lined
      />
    </>
  )
}

function Cells({ row: { n, cells } }: { row: AppTablePage['rows'][number] }) {
  return (
    <li class="stack tight">
      <strong>{rowsWords.row(count(n))}</strong>
      <dl class="facts">
        {cells.flatMap(({ column, value, hidden }) => [
          <dt key={column}>{column}</dt>,
          <dd key={`${column}:`} class={value === null || value === '' ? 'quiet' : 'wrap'}>
            {hidden ? (
              rowsWords.hidden
            ) : value === null || value === '' ? (
              rowsWords.noValue
            ) : (
              <bdi>{value}</bdi>
            )}
          </dd>,
        ])}
      </dl>
    </li>
  )
}
