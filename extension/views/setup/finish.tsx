import { useModel } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { ChecksModel } from '../../models/checks.ts'
import type { SetupModel } from '../../models/setup.ts'
import { whyNotNext } from '../../models/setup-form.ts'
import { reviewWords, setupWords } from '../../words-setup.ts'
import { Button } from '../parts.tsx'
import { Back } from './rail.tsx'

/** The end of the stepper: save, or save and run, each with why it cannot be done yet. */
export function Finish({ id, model }: { id: string; model: SetupModel }) {
  const checks = useModel(() => new ChecksModel(id))
  const foot = useRef<HTMLDivElement>(null)
  useFootHeight(foot)
  const form = model.form.value
  if (!form) return null
  const busy = model.busy.value === null ? null : setupWords.saving
  const stored = model.tokenStored.value
  const missing =
    whyNotNext('name', form, stored, null) ??
    whyNotNext('source', form, stored, null, model.sourceTokenStored.value) ??
    whyNotNext('site', form, stored, null) ??
    whyNotNext('scope', form, stored, null)
  const blocked = checks.view.value?.blocks ? reviewWords.blocked : null
  return (
    <div class="stack tight foot finish" ref={foot}>
      <div class="bar">
        <Back id={id} step="review" purpose={form.purpose} />
        <Button whyNot={busy ?? missing} onClick={() => model.finish(false)}>
          {setupWords.save}
        </Button>
        <Button look="main" whyNot={busy ?? missing ?? blocked} onClick={() => model.finish(true)}>
          {form.purpose === 'verify' ? setupWords.saveAndVerify : setupWords.saveAndRun}
        </Button>
      </div>
      {(missing ?? blocked) !== null && (
        <p class="quiet" aria-hidden="true">
          {missing ?? blocked}
        </p>
      )}
    </div>
  )
}

/** Tells the page's style how high the foot is: what else stays at the lower edge of the window stands above it. */
function useFootHeight(foot: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const { style } = document.documentElement
    const watch = new ResizeObserver(() => {
      style.setProperty('--foot', `${foot.current?.offsetHeight ?? 0}px`)
    })
    if (foot.current) watch.observe(foot.current)
    return () => {
      watch.disconnect()
      style.removeProperty('--foot')
    }
  }, [])
}
