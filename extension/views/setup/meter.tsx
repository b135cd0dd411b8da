import { percent } from '../format.ts'
import { Button } from '../parts.tsx'

interface MeterProps {
  title: string
  done: number
  /** 0: how much there is cannot be told yet. */
  total: number
  words: string
  stop: string
  onStop: () => void
}

/** A long work at the agent: how far it is, and the way to end it. */
export function Meter({ title, done, total, words, stop, onStop }: MeterProps) {
  return (
    <div class="stack tight" role="status">
      <strong>{title}</strong>
      <div
        class="meter"
        role="progressbar"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={total === 0 ? undefined : percent(done, total)}
      >
        <span style={{ width: `${total === 0 ? 0 : (100 * done) / total}%` }} />
      </div>
      <div class="bar">
        <span class="quiet">{words}</span>
        <span class="push">
          <Button look="small" onClick={onStop}>
            {stop}
          </Button>
        </span>
      </div>
    </div>
  )
}
