import { useEffect, useRef } from 'preact/hooks'
import { Checks } from '../checks.tsx'
import type { StepProps } from './setup.tsx'

/** The checks as a step: those never asked are asked at once, and all of them after a change. */
export function ChecksStep({ id, model, now }: StepProps & { now: number }) {
  const { current: ask } = useRef<'all' | 'new'>(model.unchecked.peek() ? 'all' : 'new')
  useEffect(() => {
    model.unchecked.value = false
  }, [])
  return <Checks id={id} now={now} begin={ask} />
}
