import type { MigrationDetail } from '../../shared/api.ts'
import type { EventRow } from '../ledger/events.ts'

/** The stepper saves each of its pages, and people are chosen one by one: within so long it is one sitting. */
const sittingMs = 10 * 60_000
const repeated = /^(?:Edited|Chosen who becomes whom|Checks asked) by .*(?=\.$)/s

/**
 * What happened, oldest first. Edits that follow each other within ten minutes, each by the same, are one
 * line with their number (so are choices, and questions of checks); its time is that of the last.
 */
export function milestones(
  events: readonly Pick<EventRow, 'at' | 'phase' | 'text'>[],
): MigrationDetail['timeline'] {
  const lines: (MigrationDetail['timeline'][number] & { deed: string | null; times: number })[] = []
  for (const { at, phase, text } of events) {
    const deed = phase === 'stage:you' ? (repeated.exec(text)?.[0] ?? null) : null
    const last = lines.at(-1)
    if (deed !== null && last && last.deed === deed && at - last.at <= sittingMs) {
      last.at = at
      last.times += 1
      last.text = `${deed}, ${last.times} times.`
    } else lines.push({ at, stage: phase.replace('stage:', ''), text, deed, times: 1 })
  }
  return lines.map(({ at, stage, text }) => ({ at, stage, text }))
}
