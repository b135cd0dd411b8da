import type { MigrationDetail } from '../../shared/api.ts'
import type { EventRow } from '../ledger/events.ts'

/** The stepper saves each of its pages: edits of one person within so long are one sitting. */
const sittingMs = 10 * 60_000
const edited = /^Edited by (.*)\.$/s

/**
 * What happened, oldest first. Edits that follow each other within ten minutes, each by the same, are one
 * line with their number; its time is that of the last.
 */
export function milestones(
  events: readonly Pick<EventRow, 'at' | 'phase' | 'text'>[],
): MigrationDetail['timeline'] {
  const lines: (MigrationDetail['timeline'][number] & { who: string | null; times: number })[] = []
  for (const { at, phase, text } of events) {
    const who = phase === 'stage:you' ? (edited.exec(text)?.[1] ?? null) : null
    const last = lines.at(-1)
    if (who !== null && last && last.who === who && at - last.at <= sittingMs) {
      last.at = at
      last.times += 1
      last.text = `Edited by ${who}, ${last.times} times.`
    } else lines.push({ at, stage: phase.replace('stage:', ''), text, who, times: 1 })
  }
  return lines.map(({ at, stage, text }) => ({ at, stage, text }))
}
