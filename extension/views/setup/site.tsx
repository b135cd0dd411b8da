import { useModel } from '@preact/signals'
import type { SiteTestView } from '../../../shared/api-setup-views.ts'
import { SiteTestModel } from '../../models/ask.ts'
import { type Form, siteOf, whyNotNext } from '../../models/setup-form.ts'
import { count } from '../../words.ts'
import { siteWords } from '../../words-site.ts'
import { EmptyPractice } from '../empty-practice.tsx'
import { Button, ProblemBox } from '../parts.tsx'
import { size } from '../sizes.ts'
import { Choices, TextField } from './fields.tsx'
import { Fixed } from './fixed.tsx'
import type { StepProps } from './setup.tsx'

/** The practice site, or a real one, which is asked at once who the token belongs to. */
export function SiteStep({ id, model }: StepProps) {
  const test = useModel(() => new SiteTestModel(id))
  const form = model.form.value
  if (!form) return null
  const stored = model.tokenStored.value
  const incomplete = whyNotNext('site', form, stored, null)
  const set = (change: Partial<Form>) => {
    test.forget()
    model.set(change)
  }
  const ask = () => {
    if (incomplete === null && test.result.value === null && !test.busy.value) test.ask(form)
  }
  // An empty field is no fault yet; the sentence beside Next says what is missing.
  const wrong = (field: 'url' | 'email') =>
    form[field] === ''
      ? null
      : (model.wrong.value.find((one) => one.field === field)?.sentence ?? null)
  return (
    <Fixed part="site" model={model}>
      <Choices
        legend={form.purpose === 'verify' ? siteWords.filled : siteWords.where}
        name="site"
        value={form.site === 'none' ? null : form.site}
        choices={[
          // Nobody has filled a practice site but a rehearsal of ours.
          ...(form.purpose === 'verify'
            ? []
            : ([['practice', siteWords.practice, siteWords.practiceHint]] as const)),
          ['cloud', siteWords.cloud, siteWords.cloudHint],
        ]}
        onPick={(site) => set({ site })}
      />
      {form.site === 'practice' && <EmptyPractice id={null} />}
      {form.site === 'cloud' && (
        <>
          <TextField
            label={siteWords.url}
            hint={siteWords.urlHint}
            type="url"
            value={form.url}
            wrong={wrong('url')}
            onInput={(url) => set({ url })}
            onLeave={ask}
          />
          <TextField
            label={siteWords.email}
            hint={siteWords.emailHint}
            type="email"
            value={form.email}
            wrong={wrong('email')}
            onInput={(email) => set({ email })}
            onLeave={ask}
          />
          <TextField
            label={siteWords.token}
            hint={stored ? siteWords.tokenStored : siteWords.tokenHint}
            type="password"
            value={form.token}
            onInput={(token) => set({ token })}
            onLeave={ask}
          />
          <div>
            <Button
              whyNot={
                test.busy.value
                  ? siteWords.testing
                  : incomplete === null
                    ? null
                    : siteWords.testFirst
              }
              onClick={() => test.ask(form)}
            >
              {test.busy.value ? siteWords.testing : siteWords.test}
            </Button>
          </div>
          <div role="status">{test.result.value && <Result result={test.result.value} />}</div>
          {test.problem.value && siteOf(form) && (
            <ProblemBox problem={test.problem.value} onRetry={() => test.ask(form)} />
          )}
        </>
      )}
    </Fixed>
  )
}

function Result({ result }: { result: SiteTestView }) {
  const { me, missing, uploadLimit, has } = result
  return (
    <div class="stack">
      <div class={`box ${missing.length === 0 ? 'good' : 'warn'}`}>
        <strong>
          <bdi>{siteWords.me(me.displayName)}</bdi>
        </strong>
        {missing.length === 0 ? (
          <span>{siteWords.allThere}</span>
        ) : (
          <>
            <span>
              {siteWords.missing}. {siteWords.missingText}
            </span>
            <ul class="points">
              {missing.map((one) => (
                <li key={one.key}>
                  {one.name}: {one.needed}
                </li>
              ))}
            </ul>
          </>
        )}
        <span class="quiet">
          {uploadLimit === 0 ? siteWords.noUpload : siteWords.upload(size(uploadLimit))}{' '}
          {has.length > 0 &&
            `${siteWords.has} ${has.map(({ what, items }) => `${count(items)} ${what}`).join(', ')}.`}
        </span>
      </div>
    </div>
  )
}
