import { useModel, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { type Purpose, type SetupStep, stepsOf } from '../../../shared/setup.ts'
import { type Place, toHash } from '../../models/place.ts'
import { SetupModel } from '../../models/setup.ts'
import { stepFrom, stepNumber, whyNotNext } from '../../models/setup-form.ts'
import { listWords } from '../../words.ts'
import { setupWords, stepWords } from '../../words-setup.ts'
import { titleOf, toDetailWord } from '../../words-status.ts'
import { stepText } from '../../words-verify.ts'
import { Button, ProblemBox, Skeleton, Trouble } from '../parts.tsx'
import { ChecksStep } from './checks.tsx'
import { Clash, Unsaved } from './clash.tsx'
import { CollisionsStep } from './collisions.tsx'
import { Finish } from './finish.tsx'
import { InspectionStep } from './inspection.tsx'
import { NameStep } from './name.tsx'
import { PeopleStep } from './people.tsx'
import { Back, Rail } from './rail.tsx'
import { ReadAge } from './read-age.tsx'
import { ReviewStep } from './review.tsx'
import { ScopeStep } from './scope.tsx'
import { SiteStep } from './site.tsx'
import { SourceStep } from './source.tsx'
import { MappingsField, VerifyReview } from './verify.tsx'

interface SetupProps {
  /** null: a new one, which begins at its name. */
  id: string | null
  step: SetupStep
  now: number
  onGo: (place: Place) => void
}

/** The stepper: a rail of steps, the step itself, and the way on, which says why when there is none. */
export function Setup({ id, step, now, onGo }: SetupProps) {
  const model = useModel(() => new SetupModel(id, onGo))
  /** The step whose setup the agent has; what asks the agent waits for it. */
  const settled = useSignal<SetupStep | null>(null)
  /** Next waits for the answer of the site, or of the source. */
  const trying = useSignal(false)
  const here = useRef(step)
  here.current = step
  const form = model.form.value
  const loaded = form !== null
  useEffect(() => {
    if (!loaded) return
    settled.value = null
    void model.visit(step).then(() => {
      // Whoever went on meanwhile waits for the step where they are now.
      if (here.current === step) settled.value = step
    })
  }, [step, loaded])
  if (!form)
    return model.problem.value ? (
      <section class="stack">
        <Leave id={id} purpose={undefined} />
        <ProblemBox problem={model.problem.value} onRetry={model.reload} />
      </section>
    ) : (
      <Skeleton rows={5} />
    )
  const next = stepFrom(step, 1, form.purpose)
  const test = testOf(step, model)
  // Saving goes on behind the next step; only the first one needs the agent's answer to go anywhere.
  const whyNot =
    id === null && model.busy.value !== null
      ? setupWords.saving
      : trying.value
        ? setupWords.testing
        : whyNotNext(
            step,
            form,
            model.tokenStored.value,
            model.source.value,
            model.sourceTokenStored.value,
          )
  const failed = Boolean(test?.problem.value) && !trying.value
  const leave = () => {
    if (id !== null && next !== null) onGo({ at: 'setup', id, step: next })
  }
  const goOn = async () => {
    if (whyNot !== null || next === null) return
    if (id === null) return model.begin()
    if (test && test.result.value === null) {
      trying.value = true
      const reached = await test.ask(form)
      trying.value = false
      // Somebody who went elsewhere meanwhile is not called back.
      if (!reached || here.current !== step) return
    }
    leave()
  }
  return (
    <section class="setup">
      <Leave id={id} purpose={form.purpose} />
      <p class="setup-name">
        <span class="quiet">{id === null ? titleOf(form.purpose) : setupWords.titleEdit}</span>{' '}
        <span class="name" dir="auto" title={form.name}>
          {form.name}
        </span>
      </p>
      <Rail id={id} step={step} model={model} />
      <form
        class="stack step"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void goOn()
        }}
      >
        <div class="stack tight">
          <span class="quiet">
            {setupWords.stepOf(stepNumber(step, form.purpose), stepsOf(form.purpose).length)}
          </span>
          <h1 tabIndex={-1}>{stepWords[step].title}</h1>
          <p class="quiet">{stepText(step, form.purpose)}</p>
        </div>
        <Step id={id} step={step} model={model} now={now} settled={settled.value === step} />
        {/* Of what is typed the line below says where it is; a deed that was not done is said here. */}
        <Trouble
          problem={model.problem.value}
          at={id === null || next === null ? null : undefined}
        />
        <Clash step={step} model={model} />
        <Unsaved id={id} step={step} model={model} />
        {next === null && id !== null ? (
          <Finish id={id} model={model} />
        ) : (
          <div class="stack tight foot">
            <div class="bar">
              <Back id={id} step={step} purpose={form.purpose} />
              <Button look="main" type="submit" whyNot={whyNot} onClick={() => {}}>
                {failed ? setupWords.again : setupWords.next}
              </Button>
              {failed && <Button onClick={leave}>{setupWords.anyway}</Button>}
              <Saved model={model} />
            </div>
            {failed && <p class="quiet">{setupWords.anywayText}</p>}
            {/* Said aloud by the button; here for those who see it. */}
            {whyNot !== null && (
              <p class="quiet" aria-hidden="true">
                {whyNot}
              </p>
            )}
          </div>
        )}
      </form>
    </section>
  )
}

/** What is tried before one goes on from a step; null where nothing is to be reached from it. */
function testOf(step: SetupStep, model: SetupModel) {
  const form = model.form.value
  if (step === 'site' && form?.site === 'cloud') return model.siteTest
  return step === 'source' && form?.from === 'datacenter' ? model.sourceTest : null
}

export interface StepProps {
  id: string
  model: SetupModel
}

interface BodyProps {
  id: string | null
  step: SetupStep
  model: SetupModel
  now: number
  settled: boolean
}

/** The fields of a step; those that ask the agent wait until it has what was typed before. */
function Step({ id, step, model, now, settled }: BodyProps) {
  if (step === 'name' || id === null) return <NameStep model={model} />
  if (step === 'source') return <SourceStep id={id} model={model} now={now} />
  if (step === 'site')
    return (
      <>
        <SiteStep id={id} model={model} now={now} />
        <MappingsField model={model} />
      </>
    )
  if (!settled) return <Skeleton rows={4} />
  switch (step) {
    case 'inspection':
      return <InspectionStep id={id} model={model} />
    case 'scope':
      return <ScopeStep id={id} model={model} />
    case 'people':
      return <PeopleStep id={id} model={model} />
    case 'collisions':
      return <CollisionsStep id={id} model={model} />
    case 'checks':
      return <ChecksStep id={id} model={model} now={now} />
    case 'review':
      return model.form.value?.purpose === 'verify' ? (
        <>
          {model.form.value.from === 'datacenter' && <ReadAge id={id} model={model} now={now} />}
          <VerifyReview model={model} />
        </>
      ) : (
        <ReviewStep id={id} model={model} now={now} />
      )
  }
}

function Leave({ id, purpose }: { id: string | null; purpose: Purpose | undefined }) {
  return id === null ? (
    <a href={toHash({ at: 'list', archived: false })}>‹ {listWords.back}</a>
  ) : (
    <a href={toHash({ at: 'migration', id, tab: 'overview', after: null })}>
      ‹ {toDetailWord(purpose)}
    </a>
  )
}

/** Whether what stands here is with the agent. */
function Saved({ model }: { model: SetupModel }) {
  return (
    <span class="quiet" role="status">
      {model.busy.value === 'saving'
        ? setupWords.saving
        : model.dirty.value
          ? setupWords.unsaved
          : model.view.value !== null && setupWords.saved}
    </span>
  )
}
