import { useSignal } from '@preact/signals'
import type { ChecklistView } from '../../shared/api-after.ts'
import type { ChecklistModel } from '../models/after.ts'
import { checklistWords as words } from '../words-after-checks.ts'
import { SignForm } from './after-sign.tsx'
import { Shape } from './marks.tsx'
import { Button, When } from './parts.tsx'

interface SignOffProps {
  view: ChecklistView
  model: ChecklistModel
  now: number
  whyNot: string | null
}

/** Whether a project is signed off, by whom, what speaks against it, and the way there and back. */
export function SignOff({ view, model, now, whyNot }: SignOffProps) {
  const asking = useSignal(false)
  const { projectKey, signedOff, warning } = view
  const look = signedOff === null ? '' : warning === null ? 'good' : 'warn'
  const close = () => {
    asking.value = false
  }
  const closeWhenDone = (done: boolean) => {
    if (done) close()
  }
  return (
    <div class={`box ${look}`}>
      <strong role="status">
        {signedOff ? (
          <>
            <Shape shape="tick" kind="verified" />{' '}
            <bdi>{words.signed(projectKey, signedOff.who)}</bdi>
          </>
        ) : (
          words.unsigned(projectKey)
        )}
      </strong>
      {signedOff && (
        <span class="wrap">
          <When at={signedOff.at} now={now} />
          {signedOff.note !== '' && (
            <>
              : <bdi>{signedOff.note}</bdi>
            </>
          )}
        </span>
      )}
      {warning !== null && (
        <span class="wrap">
          <Shape shape="warning" kind="different" /> <bdi>{warning}</bdi>
        </span>
      )}
      {asking.value ? (
        signedOff ? (
          <SignForm
            title={words.withdrawTitle}
            yes={words.withdraw}
            who={model.who.value}
            withNote={false}
            onSay={({ who }) => void model.withdraw(who).then(closeWhenDone)}
            onCancel={close}
          />
        ) : (
          <SignForm
            title={words.signTitle(projectKey)}
            yes={words.signYes}
            who={model.who.value}
            onSay={(said) => void model.signOff(said).then(closeWhenDone)}
            onCancel={close}
          />
        )
      ) : (
        <div class="bar">
          <Button
            look={signedOff ? 'small' : ''}
            whyNot={whyNot}
            onClick={() => {
              asking.value = true
            }}
          >
            {signedOff ? words.withdraw : words.signOff} …
          </Button>
          {signedOff && <span class="quiet">{words.withdrawHint}</span>}
        </div>
      )}
    </div>
  )
}
