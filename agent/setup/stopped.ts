import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import * as v from 'valibot'
import { InspectionViewSchema } from '../../shared/api-setup-views.ts'

const ProgressSchema = InspectionViewSchema.entries.progress
type Progress = v.InferOutput<typeof ProgressSchema>

/** Beside the snapshot that would have come of it, and gone off the disk with it. */
const noteOf = (snapshotPath: string) => `${snapshotPath}.stopped`

/**
 * A person ended the reading: an agent that is started anew must know, or the screen would read again what
 * somebody just stopped.
 * @param progress how far it was by then; null where it had told nothing yet
 */
export function noteStopped(snapshotPath: string, progress: Progress): void {
  const note = noteOf(snapshotPath)
  // Whole or not there at all, wherever the machine dies.
  writeFileSync(`${note}.part`, JSON.stringify(progress))
  renameSync(`${note}.part`, note)
}

/** How far the reading was that a person ended; null where nobody did, or where a snapshot was made since. */
export function stoppedAt(snapshotPath: string): { progress: Progress } | null {
  const note = noteOf(snapshotPath)
  // Each reading begins with taking the snapshot of the one before away: one that is there is newer.
  if (existsSync(snapshotPath) || !existsSync(note)) return null
  return { progress: v.parse(ProgressSchema, JSON.parse(readFileSync(note, 'utf8'))) }
}

export function forgetStopped(snapshotPath: string): void {
  for (const ending of ['', '.part']) rmSync(noteOf(snapshotPath) + ending, { force: true })
}
