import { existsSync, statfsSync } from 'node:fs'

/**
 * The ledger itself could not be written (a full disk, a folder that went away): nothing can be recorded
 * any more, so it is said where the agent's owner looks. The migration stays running and goes on at the next start.
 */
export function sayLost(folder: string, error: unknown): void {
  const cause = error instanceof Error ? error.message : String(error)
  // SQLite ends the transaction itself when the disk is full, so what arrives here is often only the echo of that.
  const full = /full|ENOSPC/i.test(cause) || roomIn(folder) < 1024 * 1024
  process.stderr.write(
    `The ledger cannot be written${full ? ': the disk is full' : `: ${cause}`}. ${full ? 'Make room' : 'Fix that'}, then start Landfall again: the run goes on from where it was.\n`,
  )
}

/** Bytes; a folder that went away says nothing about the room. */
function roomIn(folder: string): number {
  if (!existsSync(folder)) return Number.POSITIVE_INFINITY
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
