import { useModel } from '@preact/signals'
import { useId } from 'preact/hooks'
import { type Field, NewMigrationModel } from '../models/new-migration.ts'
import { type Place, toHash } from '../models/place.ts'
import { listWords } from '../words.ts'
import { formWords } from '../words-acts.ts'
import { Button, ProblemBox } from './parts.tsx'

/** A new migration on one page: source, projects, site. */
export function NewMigration({ onGo }: { onGo: (place: Place) => void }) {
  const model = useModel(
    () =>
      new NewMigrationModel((id) => onGo({ at: 'migration', id, tab: 'overview', after: null })),
  )
  const { site } = model.form.value
  const busy = model.busy.value ? formWords.saving : null
  const text = (field: Field, label: string, hint: string, type: InputType = 'text') => (
    <TextField model={model} field={field} label={label} hint={hint} type={type} />
  )
  return (
    <form
      class="stack narrow"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        model.save(true)
      }}
    >
      <a href={toHash({ at: 'list', archived: false })}>‹ {listWords.back}</a>
      <h1 tabIndex={-1}>{formWords.title}</h1>
      {text('name', formWords.name, formWords.nameHint)}
      <fieldset class="stack">
        <legend>{formWords.source}</legend>
        {text('path', formWords.path, formWords.pathHint)}
        {text('attachments', formWords.attachments, formWords.attachmentsHint)}
        {text('projects', formWords.projects, formWords.projectsHint)}
      </fieldset>
      <fieldset class="stack">
        <legend>{formWords.site}</legend>
        {(['practice', 'cloud'] as const).map((kind) => (
          <label class="choice" key={kind}>
            <input
              type="radio"
              name="site"
              checked={site === kind}
              onChange={() => model.set('site', kind)}
            />
            <span>
              {formWords[kind]}
              {kind === 'practice' && <p class="quiet">{formWords.practiceHint}</p>}
            </span>
          </label>
        ))}
        {site === 'cloud' && (
          <>
            {text('url', formWords.url, formWords.urlHint, 'url')}
            {text('email', formWords.email, formWords.emailHint, 'email')}
            {text('token', formWords.token, formWords.tokenHint, 'password')}
          </>
        )}
      </fieldset>
      {model.problem.value && <ProblemBox problem={model.problem.value} />}
      <div class="bar">
        <Button look="main" type="submit" whyNot={busy} onClick={() => {}}>
          {formWords.saveAndRun}
        </Button>
        <Button whyNot={busy} onClick={() => model.save(false)}>
          {formWords.save}
        </Button>
        <a class="button" href={toHash({ at: 'list', archived: false })}>
          {formWords.cancel}
        </a>
      </div>
    </form>
  )
}

type InputType = 'text' | 'url' | 'email' | 'password'
interface TextFieldProps {
  model: NewMigrationModel
  field: Field
  label: string
  hint: string
  type: InputType
}

function TextField({ model, field, label, hint, type }: TextFieldProps) {
  const id = useId()
  const wrong = model.wrong.value[field]
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        // The typings want each type of input written out; all four take the same attributes.
        type={type as 'text'}
        // A password field would otherwise be offered the passwords of the browser.
        autocomplete={type === 'password' ? 'new-password' : 'off'}
        spellcheck={false}
        value={model.form.value[field]}
        aria-describedby={`${id}h`}
        aria-invalid={wrong !== undefined}
        onInput={(event) => model.set(field, event.currentTarget.value)}
      />
      <span id={`${id}h`} class={wrong === undefined ? 'quiet' : 'wrong'}>
        {wrong ?? hint}
      </span>
    </div>
  )
}
