import { useSignal } from '@preact/signals'
import type { ChecklistEntry, ChecklistView } from '../../../shared/api-after.ts'
import type { ProjectPageModel } from '../../models/project-page.ts'
import { dayOf } from '../../views/format.ts'
import { Mark } from '../mark.tsx'
import { projectWords } from './words.ts'

/** What is to be done after the migration, who did it, and the sign-off. */
export function Checklist({ model, view }: { model: ProjectPageModel; view: ChecklistView }) {
  const known = model.who.value !== ''
  return (
    <section class="group" data-testid="landfall-checklist">
      <h3>{projectWords.checklist}</h3>
      <Who model={model} />
      <ul>
        {view.entries.map((entry) => (
          <Entry key={entry.entry} model={model} entry={entry} known={known} />
        ))}
      </ul>
      {view.signedOff ? (
        <>
          <p>
            <Mark shape="tick" />{' '}
            <bdi>{projectWords.signedOff(view.signedOff.who, dayOf(view.signedOff.at))}</bdi>
          </p>
          {view.signedOff.note !== '' && <p class="said quiet">{view.signedOff.note}</p>}
          <p>
            <button type="button" disabled={!known || model.busy.value} onClick={model.withdraw}>
              {projectWords.withdraw}
            </button>
          </p>
        </>
      ) : (
        <>
          {view.warning !== null && <p class="notice">{view.warning}</p>}
          <p>
            <button
              type="button"
              class="main"
              disabled={!known || model.busy.value}
              onClick={model.signOff}
            >
              {projectWords.signOff}
            </button>
          </p>
          <p class="quiet">{projectWords.note}</p>
        </>
      )}
    </section>
  )
}

function Entry({
  model,
  entry,
  known,
}: {
  model: ProjectPageModel
  entry: ChecklistEntry
  known: boolean
}) {
  const byCheck = entry.how === 'check'
  return (
    <li>
      <p>
        <Mark shape={entry.done ? 'tick' : 'dash'} /> <strong>{entry.title}</strong>
      </p>
      <p class="quiet">{entry.sentence}</p>
      {byCheck && <p class="quiet">{projectWords.byCheck}</p>}
      {entry.by && (
        <p class="quiet">
          <bdi>{projectWords.by(entry.by.who, dayOf(entry.by.at))}</bdi>
        </p>
      )}
      <p class="four">
        {!byCheck && (
          <button
            type="button"
            disabled={!known || model.busy.value}
            aria-label={`${entry.done ? projectWords.untick : projectWords.tick}: ${entry.title}`}
            onClick={() => model.tick(entry.entry, !entry.done)}
          >
            {entry.done ? projectWords.untick : projectWords.tick}
          </button>
        )}
        {entry.url !== null && /^https?:\/\//.test(entry.url) && (
          <a href={entry.url} rel="noopener noreferrer" target="_blank">
            {projectWords.open}
          </a>
        )}
      </p>
    </li>
  )
}

/** The name is asked for once; it is remembered, and can be changed. */
function Who({ model }: { model: ProjectPageModel }) {
  const typed = useSignal('')
  if (model.who.value !== '')
    return (
      <p class="quiet">
        <bdi>{projectWords.decideAs(model.who.value)}</bdi>{' '}
        <button
          type="button"
          class="link"
          onClick={() => {
            model.who.value = ''
          }}
        >
          {projectWords.notMe}
        </button>
      </p>
    )
  return (
    <form
      class="group who"
      onSubmit={(event) => {
        event.preventDefault()
        model.who.value = typed.value.trim().slice(0, 100)
      }}
    >
      <label class="group">
        {projectWords.who}
        <input
          type="text"
          autocomplete="name"
          maxLength={100}
          required
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value
          }}
        />
      </label>
      <p>
        <button type="submit">{projectWords.saveWho}</button>
      </p>
    </form>
  )
}
