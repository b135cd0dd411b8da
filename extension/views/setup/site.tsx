import { useEffect } from 'preact/hooks'
import type { SiteTestView } from '../../../shared/api-setup-views.ts'
import { type Form, siteOf, whyNotNext } from '../../models/setup-form.ts'
import { siteWords } from '../../words-site.ts'
import { EmptyPractice } from '../empty-practice.tsx'
import { Button, Trouble, When } from '../parts.tsx'
import { cut, size } from '../sizes.ts'
import { Choices, TextField } from './fields.tsx'
import { FixedNote, Locked } from './fixed.tsx'
import type { StepProps } from './setup.tsx'

/** The practice site, or a real one, which is asked at once who the token belongs to. */
export function SiteStep({ model, now }: StepProps & { now: number }) {
  const test = model.siteTest
  // Whoever comes back sees whether what is stored still lets in.
  useEffect(() => ask(), [])
  const form = model.form.value
  if (!form) return null
  const stored = model.tokenStored.value
  const incomplete = whyNotNext('site', form, stored, null)
  function ask() {
    const form = model.form.value
    if (form?.site !== 'cloud' || test.answered.value || test.busy.value) return
    if (whyNotNext('site', form, model.tokenStored.value, null) === null) void test.ask(form)
  }
  const set = (change: Partial<Form>) => {
    test.forget()
    model.set(change)
  }
  // An empty field is no fault yet; the sentence beside Next says what is missing.
  const wrong = (field: 'url' | 'email') =>
    form[field] === ''
      ? null
      : (model.wrong.value.find((one) => one.field === field)?.sentence ?? null)
  return (
    <>
      <FixedNote
        part="site"
        model={model}
        but={form.site === 'cloud' ? siteWords.tokenStays : ''}
      />
      <Locked part="site" model={model}>
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
          <TextField
            label={siteWords.url}
            hint={siteWords.urlHint}
            type="url"
            value={form.url}
            wrong={wrong('url')}
            onInput={(url) => set({ url })}
            onLeave={ask}
          />
        )}
      </Locked>
      {/* A token can be renewed at any time, so it stands outside of what is fixed. */}
      {form.site === 'cloud' && (
        <>
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
            wrong={model.lost.value.includes('token') ? siteWords.tokenLost : null}
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
              onClick={() => void test.ask(form)}
            >
              {test.busy.value ? siteWords.testing : siteWords.test}
            </Button>
          </div>
          <div role="status">
            {test.result.value && (
              <Result result={test.result.value} at={test.at.value ?? now} now={now} />
            )}
          </div>
          <Trouble
            problem={siteOf(form) ? test.problem.value : null}
            onRetry={() => void test.ask(form)}
          />
        </>
      )}
    </>
  )
}

function Result({ result, at, now }: { result: SiteTestView; at: number; now: number }) {
  const { me, missing, projectsUntold, uploadLimit, has } = result
  const good = missing.length === 0 && !projectsUntold
  return (
    <div class={`box ${good ? 'good' : 'warn'}`}>
      <strong>
        <bdi>{siteWords.me(me.displayName)}</bdi>{' '}
        <span class="quiet">
          {siteWords.asked} <When at={at} now={now} />
        </span>
      </strong>
      {good && <span>{siteWords.allThere}</span>}
      {missing.length > 0 && (
        <>
          <span>
            {siteWords.missing}. {siteWords.missingText}
          </span>
          <ul class="points">
            {missing.map((one) => (
              <li key={one.key}>
                <strong>{one.name}</strong>: {one.needed}. {siteWords.without(one.without)}
              </li>
            ))}
          </ul>
        </>
      )}
      {projectsUntold && (
        <span>
          {missing.length === 0 && siteWords.siteThere} {siteWords.untold}
        </span>
      )}
      <span class="quiet">
        {uploadLimit === 0 ? siteWords.noUpload : siteWords.upload(size(uploadLimit))}
      </span>
      <div class="stack tight">
        <span class="quiet">{siteWords.has}</span>
        {has.map((one) => (
          <Names key={one.what} {...one} />
        ))}
      </div>
    </div>
  )
}

/** How many of a kind the site has, and which when it is opened. */
function Names({ what, items, names }: SiteTestView['has'][number]) {
  if (items === 0) return <span>{siteWords.hasNames(0, what)}</span>
  return (
    <details>
      <summary>{siteWords.hasNames(items, what)}</summary>
      <p class="quiet wrap">
        {names.map((name, i) => (
          // Sites have several fields of one name.
          <span key={i} title={name}>
            {i > 0 && ', '}
            <bdi>{cut(name, 80)}</bdi>
          </span>
        ))}
        {items > names.length && ` ${siteWords.moreNames(items - names.length)}`}
      </p>
    </details>
  )
}
