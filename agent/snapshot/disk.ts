import { closeSync, fsyncSync, openSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { Problem } from '../../shared/problem.ts'

/** Waits until a file, or the names in a folder, are on the disk. */
export function sync(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** 13 is SQLITE_FULL; SQLite says 10 (an I/O error) where the journal's disk is full. */
export function diskFull(error: unknown, path: string): Problem | null {
  const of = error as { errcode?: number; code?: string } | null
  const full = of?.errcode === 13 || of?.code === 'ENOSPC' || of?.errcode === 778
  if (!full) return null
  return new Problem(
    'snapshot-disk-full',
    `The disk is full: the snapshot ${basename(path)} could not be written to ${dirname(path)}.`,
    {
      hint: 'Make room (a snapshot needs up to twice the size of the unpacked backup) or choose another folder, then run it again.',
      again: false,
      cause: error,
    },
  )
}
