import type { Witness } from './convert.ts'
import { votes, wallClock } from './time-zone.ts'

/** Bounds on what is remembered; a few hundred pairs are enough for a vote. */
const FIELD_VALUES = 5_000
const EPOCHS = 500
const CHANGE_GROUPS = 200_000
/** A zone is within 14 hours of UTC. */
const REACH = 14 * 3_600_000

/**
 * Watches rows go by for the time zone: a field's epoch against its issue's wall clock (the update that
 * set both), and the end of a sprint against the changes it made to its issues.
 */
export function createWitness(): Witness & {
  begin(needed: boolean): void
  epoch(milliseconds: number): void
  result(): string | null
} {
  const fieldTimes = new Map<string, number[]>()
  const epochs: number[] = []
  const fieldVotes = votes()
  const sprintVotes = votes()
  let needed = false
  let values = 0
  let groups = 0
  return {
    begin(isNeeded) {
      needed = isNeeded
      epochs.sort((a, b) => a - b)
    },
    epoch(milliseconds) {
      if (epochs.length < EPOCHS) epochs.push(milliseconds)
    },
    fieldValue(issueId, updatedEpoch) {
      if (!needed || issueId === null || updatedEpoch === null || values >= FIELD_VALUES) return
      const epoch = Number(updatedEpoch)
      if (!Number.isSafeInteger(epoch)) return
      values++
      const times = fieldTimes.get(issueId)
      if (times === undefined) fieldTimes.set(issueId, [epoch])
      else times.push(epoch)
    },
    issue(id, updated) {
      if (!needed || id === null || fieldTimes.size === 0) return
      const wall = wallClock(updated)
      // The issue's last update can only be that of the field that was set last.
      const times = wall === null ? undefined : fieldTimes.get(id)
      if (wall !== null && times !== undefined) fieldVotes.add(wall, Math.max(...times))
    },
    changeGroup(created) {
      if (!needed || epochs.length === 0 || ++groups > CHANGE_GROUPS) return
      const wall = wallClock(created)
      if (wall === null) return
      let low = 0
      for (let high = epochs.length; low < high; ) {
        const middle = (low + high) >> 1
        if ((epochs[middle] as number) < wall - REACH) low = middle + 1
        else high = middle
      }
      for (let i = low; i < epochs.length && (epochs[i] as number) <= wall + REACH; i++)
        sprintVotes.add(wall, epochs[i] as number)
    },
    result: () => fieldVotes.result() ?? sprintVotes.result(),
  }
}
