import { useModel } from '@preact/signals'
import { type PeoplePage, peopleOrders, personStates } from '../../../shared/api-setup-views.ts'
import { PeopleModel } from '../../models/people.ts'
import type { SetupModel } from '../../models/setup.ts'
import { count, itemsWords } from '../../words.ts'
import { peopleWords } from '../../words-people.ts'
import { Button, Empty, ProblemBox, Skeleton, Trouble } from '../parts.tsx'
import { FileButton, Select, TextField } from './fields.tsx'
import { FixedNote, Locked } from './fixed.tsx'
import { PersonRow } from './person.tsx'
import type { StepProps } from './setup.tsx'

/** Which account each user of the source becomes. */
export function PeopleStep({ id, model }: StepProps) {
  const people = useModel(() => new PeopleModel(id))
  const page = people.page.value
  if (!page)
    return people.problem.value ? (
      <ProblemBox problem={people.problem.value} onRetry={people.reload} />
    ) : (
      <Skeleton rows={5} />
    )
  const { states, siteProblem } = page
  const fixed = model.view.value?.fixed.includes('people') ?? false
  const changed = () => {
    model.unchecked.value = true
  }
  return (
    <>
      <FixedNote part="people" model={model} />
      {siteProblem && <ProblemBox problem={siteProblem} onRetry={people.reload} />}
      <CalledOut page={page} people={people} />
      <div class="side">
        <TextField
          label={peopleWords.search}
          hint=""
          type="search"
          value={people.search.value}
          onInput={people.lookFor}
        />
        <Select
          label={peopleWords.show}
          value={people.state.value ?? 'all'}
          choices={[
            ['all', peopleWords.all],
            ...personStates.map(
              (one) => [one, `${peopleWords.states[one]} (${count(states[one])})`] as const,
            ),
          ]}
          onPick={(picked) => people.only(picked === 'all' ? null : picked)}
        />
        <Select
          label={peopleWords.order}
          value={people.order.value}
          choices={peopleOrders.map((one) => [one, peopleWords.orders[one]] as const)}
          onPick={people.orderBy}
        />
      </div>
      {states.placeholder > 0 && <p class="quiet">{peopleWords.placeholders}</p>}
      <Trouble problem={people.problem.value} at={people.at.value} onRetry={people.reload} />
      {page.people.length === 0 ? (
        <Empty title={peopleWords.empty} text={peopleWords.emptyText} />
      ) : (
        <table class="cards people" aria-label={peopleWords.columns[0]}>
          <thead>
            <tr>
              {peopleWords.columns.map((title, i) => (
                <th key={title} scope="col" class={i === 1 ? 'number' : ''}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.people.map((person) => (
              <PersonRow
                key={person.key}
                id={id}
                person={person}
                fixed={fixed}
                onChoose={(key, choice) => {
                  changed()
                  people.choose(key, choice)
                }}
              />
            ))}
          </tbody>
        </table>
      )}
      <div class="bar">
        {people.after.value !== null && (
          <Button onClick={() => people.turn(null)}>{itemsWords.first}</Button>
        )}
        {page.next !== null && (
          <Button onClick={() => people.turn(page.next)}>{itemsWords.next}</Button>
        )}
      </div>
      <Csv people={people} model={model} onChange={changed} />
    </>
  )
}

const called = [
  ['no-email', 'noEmail'],
  ['invalid-email', 'invalidEmail'],
  ['duplicate-email', 'duplicateEmail'],
] as const

/** What is wrong with addresses, each with what comes of it and whom it concerns. */
function CalledOut({ page, people }: { page: PeoplePage; people: PeopleModel }) {
  const shown = people.trouble.value
  // What is shown stays, also once the last of them was mended: it is the way back.
  const there = called.filter(([what, n]) => page.problems[n] > 0 || what === shown)
  if (there.length === 0) return null
  return (
    <div class="box warn">
      <div class="stack">
        {there.map(([what, n]) => (
          <div class="stack tight" key={what}>
            <span>{peopleWords.called[what](page.problems[n])}</span>
            <div>
              <Button look="small" onClick={() => people.having(what === shown ? null : what)}>
                {what === shown
                  ? peopleWords.showAll
                  : peopleWords.showThem[what](page.problems[n])}
              </Button>
            </div>
          </div>
        ))}
      </div>
    </div>
  )
}

interface CsvProps {
  people: PeopleModel
  model: SetupModel
  onChange: () => void
}

function Csv({ people, model, onChange }: CsvProps) {
  const uploaded = people.uploaded.value
  return (
    <div class="stack tight">
      <div class="side">
        <div>
          <Button whyNot={people.busy.value ? peopleWords.busy : null} onClick={people.download}>
            {peopleWords.download}
          </Button>
        </div>
        <Locked part="people" model={model}>
          <FileButton
            label={peopleWords.upload}
            hint={peopleWords.uploadHint}
            accept=".csv,text/csv"
            onFile={(file) => {
              onChange()
              people.upload(file)
            }}
          />
        </Locked>
      </div>
      <div role="status">
        {uploaded &&
          (uploaded.errors.length === 0 ? (
            <p class="box good">{peopleWords.uploaded(uploaded.changed, uploaded.unchanged)}</p>
          ) : (
            <div class="box bad">
              <strong>{peopleWords.refused(uploaded.errors.length)}</strong>
              <ul class="points list">
                {uploaded.errors.map(({ line, text }) => (
                  <li key={`${line} ${text}`}>
                    {peopleWords.line(line)} <bdi>{text}</bdi>
                  </li>
                ))}
              </ul>
            </div>
          ))}
      </div>
    </div>
  )
}
