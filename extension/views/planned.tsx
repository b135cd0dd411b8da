import { useModel } from '@preact/signals'
import { type PlannedRow, plannedLists } from '../../shared/api-planned.ts'
import { kinds } from '../../shared/plan.ts'
import { PlannedModel } from '../models/pages.ts'
import { type Place, type PlannedPlace, toHash } from '../models/place.ts'
import { PlannedFileModel } from '../models/planned-file.ts'
import { itemsWords, kindTitle, kindWords, reportWords } from '../words.ts'
import { plannedWords } from '../words-planned.ts'
import { stepWords } from '../words-setup.ts'
import { Pick } from './items.tsx'
import { Paged } from './paged.tsx'
import { Button, ProblemBox } from './parts.tsx'
import { cut } from './sizes.ts'

/** The items behind a number of a plan: which they are, and why they stay or what they lose. */
export function Planned({ place, onGo }: { place: PlannedPlace; onGo: (place: Place) => void }) {
  const model = useModel(() => new PlannedModel(place))
  const file = useModel(() => new PlannedFileModel(place))
  const page = model.page.value
  const { id, what, kind, project } = place
  return (
    <section class="stack">
      <a href={toHash({ at: 'setup', id, step: 'review' })}>‹ {stepWords.review.title}</a>
      <div class="stack tight">
        <h1 tabIndex={-1}>
          {plannedWords.title(kind, what)}
          {project !== null && ` (${project === '' ? plannedWords.noProject : project})`}
        </h1>
        <p class="quiet">{plannedWords.text}</p>
      </div>
      {place.code !== null && (
        <p class="box">
          <span class="wrap">{plannedWords.onlyReason}</span>{' '}
          <a href={toHash({ ...place, code: null, after: null })}>{plannedWords.allReasons}</a>
        </p>
      )}
      <div class="bar">
        <Pick
          label={itemsWords.kind}
          all={itemsWords.allKinds}
          value={kind}
          choices={kinds.map((one) => [one, kindTitle(one)])}
          onPick={(picked) => onGo({ ...place, kind: picked, code: null, after: null })}
        />
        <Pick
          label={plannedWords.what}
          all={plannedWords.lists.moves}
          value={what === 'moves' ? null : what}
          choices={plannedLists
            .filter((one) => one !== 'moves')
            .map((one) => [one, plannedWords.lists[one]])}
          onPick={(picked) => onGo({ ...place, what: picked ?? 'moves', code: null, after: null })}
        />
        {page !== null && (
          <span class="quiet" role="status">
            {plannedWords.total(page.total)}
          </span>
        )}
      </div>
      {file.problem.value && <ProblemBox problem={file.problem.value} onRetry={file.save} />}
      <Paged
        model={model}
        place={place}
        rows={({ items }) => items}
        row={(row) => <Row key={row.n} row={row} />}
        empty={{ title: plannedWords.empty, text: plannedWords.emptyText }}
      >
        {page !== null && page.total > 0 && (
          <Button
            look="small"
            whyNot={file.busy.value ? reportWords.downloading : null}
            onClick={file.save}
          >
            {plannedWords.csv}
          </Button>
        )}
      </Paged>
    </section>
  )
}

function Row({ row }: { row: PlannedRow }) {
  const { kind, label, issueKey, reasons } = row
  const shown = cut(label, 160)
  return (
    <li class="row item">
      <div class="stack tight">
        <span class="wrap" title={label}>
          <span class="quiet">{kindWords[kind][0]}</span>{' '}
          {issueKey !== null && !shown.includes(issueKey) && <strong>{issueKey} </strong>}
          <bdi>{shown}</bdi>
        </span>
        {reasons.map(({ code, text }) => (
          <p class="quiet wrap" key={`${code} ${text}`}>
            <bdi title={text}>{cut(text, 600)}</bdi>
          </p>
        ))}
      </div>
    </li>
  )
}
