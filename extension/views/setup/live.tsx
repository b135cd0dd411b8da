import { useEffect } from 'preact/hooks'
import type { SourceTestView } from '../../../shared/api-setup-views.ts'
import type { SetupModel } from '../../models/setup.ts'
import { type Form, sourceOf, whyNotNext } from '../../models/setup-form.ts'
import { liveWords } from '../../words-live.ts'
import { siteWords } from '../../words-site.ts'
import { Button, Trouble, When } from '../parts.tsx'
import { TextField } from './fields.tsx'

/** Where a Jira that runs is, and with what it is read; it is asked at once who that is. */
export function LiveSource({ model, now }: { model: SetupModel; now: number }) {
  const test = model.sourceTest
  // Whoever comes back sees whether what is stored still lets in.
  useEffect(() => ask(), [])
  const form = model.form.value
  if (!form) return null
  const stored = model.sourceTokenStored.value
  const fixed = model.view.value?.fixed.includes('source') ?? false
  const incomplete = whyNotNext('source', form, false, null, stored)
  const set = (change: Partial<Form>) => {
    test.forget()
    model.set(change)
  }
  function ask() {
    const form = model.form.value
    if (!form || test.answered.value || test.busy.value) return
    const stored = model.sourceTokenStored.value
    if (whyNotNext('source', form, false, null, stored) === null) void test.ask(form)
  }
  const wrong =
    form.jiraUrl === ''
      ? null
      : (model.wrong.value.find((one) => one.field === 'jiraUrl')?.sentence ?? null)
  return (
    <>
      <fieldset class="stack" disabled={fixed}>
        <TextField
          label={liveWords.url}
          hint={liveWords.urlHint}
          type="url"
          value={form.jiraUrl}
          wrong={wrong}
          onInput={(jiraUrl) => set({ jiraUrl })}
          onLeave={ask}
        />
      </fieldset>
      <TextField
        label={form.jiraUser.trim() === '' ? liveWords.token : liveWords.password}
        hint={stored ? liveWords.tokenStored : liveWords.tokenHint}
        type="password"
        value={form.jiraToken}
        wrong={model.lost.value.includes('jiraToken') ? siteWords.tokenLost : null}
        onInput={(jiraToken) => set({ jiraToken })}
        onLeave={ask}
      />
      <details open={form.jiraUser !== ''}>
        <summary>{liveWords.older}</summary>
        <TextField
          label={liveWords.user}
          hint={liveWords.userHint}
          value={form.jiraUser}
          onInput={(jiraUser) => set({ jiraUser })}
          onLeave={ask}
        />
      </details>
      <div>
        <Button
          whyNot={
            test.busy.value ? liveWords.testing : incomplete === null ? null : liveWords.testFirst
          }
          onClick={() => void test.ask(form)}
        >
          {test.busy.value ? liveWords.testing : liveWords.test}
        </Button>
      </div>
      <div role="status">
        {test.result.value && (
          <Result result={test.result.value} at={test.at.value ?? now} now={now} />
        )}
      </div>
      <Trouble
        problem={sourceOf(form) ? test.problem.value : null}
        onRetry={() => void test.ask(form)}
      />
      <p class="quiet">{liveWords.files}</p>
    </>
  )
}

function Result({ result, at, now }: { result: SourceTestView; at: number; now: number }) {
  const { url, version, me, projects, issues, notes } = result
  return (
    <div class={`box ${notes.length === 0 ? 'good' : 'warn'}`}>
      <strong>
        <bdi>{liveWords.me(me.displayName)}</bdi>{' '}
        <span class="quiet">
          {siteWords.asked} <When at={at} now={now} />
        </span>
      </strong>
      <span>
        {liveWords.there(version)} <bdi>{url}</bdi>
      </span>
      <span>{liveWords.seen(projects, issues)}</span>
      {notes.length > 0 && (
        <ul class="points">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
