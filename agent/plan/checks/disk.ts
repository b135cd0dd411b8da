import { block, bytes, check, fine, warn } from './check.ts'

/** The ledger, the snapshot and the report must have room; a full disk stops a run in the middle (it goes on later). */
export const disk = check({
  key: 'disk',
  group: 'system',
  title: 'Room on the disk of the agent',
  worst: 'error',
  canOverride: true,
  say(_none, { agent }) {
    const { freeDisk, neededDisk, folder } = agent
    const has = `${folder} has ${bytes(freeDisk)} free; this migration needs about ${bytes(neededDisk)}.`
    const hint = `Make room on that disk, or give the agent another folder. A run that meets a full disk stops and can go on later.`
    if (freeDisk < neededDisk) return block(has, hint)
    // Twice the estimate: it comes from averages of real sources.
    return freeDisk < 2 * neededDisk ? warn(has, hint) : fine(has)
  },
})
