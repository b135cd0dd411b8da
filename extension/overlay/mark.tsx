import type { Verdict } from '../../shared/status.ts'
import type { PillShape } from './pill.ts'

const paths: Record<PillShape, string> = {
  tick: 'M2.5 7.5 6 11l6-8',
  tickDot: 'M2.5 7.5 6 11l6-8',
  notEqual: 'M2 5h10M2 9h10M9.5 2l-5 10',
  dash: 'M2.5 7h9',
  cross: 'm3 3 8 8m0-8-8 8',
  dots: 'M3 7h.01M7 7h.01M11 7h.01',
  question: 'M4.5 4.5a2.5 2.5 0 1 1 3.5 2.3c-.7.4-1 .9-1 1.7M7 11.5h.01',
}
export const shapeOf: Record<Verdict, PillShape> = {
  verified: 'tick',
  different: 'notEqual',
  leftOut: 'dash',
  failed: 'cross',
}

/** A verdict's shape; its word stands beside it. */
export function Mark({ shape }: { shape: PillShape }) {
  return (
    <svg class={`mark ${shape}`} viewBox="0 0 14 14" aria-hidden="true">
      <path
        d={paths[shape]}
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
      {shape === 'tickDot' && <circle cx="12" cy="12" r="2" fill="currentColor" />}
    </svg>
  )
}
