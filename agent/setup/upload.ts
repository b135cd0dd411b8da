import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { uploadLimit } from '../../shared/api-setup.ts'
import type { FoundBackup } from '../../shared/api-setup-views.ts'
import { Problem } from '../../shared/problem.ts'
import { openBackup } from '../source/backup/open.ts'
import { readUpload } from './multipart.ts'

/**
 * Keeps an uploaded backup under its own name in a new folder inside `folder`. What is no backup, or larger
 * than the limit, is taken off the disk again; a Problem says why.
 */
export async function keepUpload(
  folder: string,
  contentType: string,
  body: AsyncIterable<Uint8Array>,
): Promise<FoundBackup> {
  const path = await keepFile(folder, contentType, body, {
    tooLarge: 'The backup is larger than 200 MB.',
    hint: 'Put it on the machine of the agent and give its path: it is read from where it lies.',
    unnamed: 'backup.zip',
  })
  try {
    await openBackup(path)
  } catch (error) {
    rmSync(dirname(path), { recursive: true, force: true })
    throw error
  }
  const { size, mtimeMs } = statSync(path)
  return { path, name: basename(path), size, time: Math.floor(mtimeMs), attachments: null }
}

/** The folder that an upload made, when this is its file; null for a path that somebody typed. */
export const uploadFolder = (uploads: string, path: string): string | null =>
  dirname(dirname(path)) === uploads ? dirname(path) : null

/** Whoever uploads saves at once; what nobody uses after a day was left behind. */
const abandonedMs = 86_400_000

/** Takes uploads off the disk that no path of `used` lies in, and that were not made just now. */
export function forgetAbandoned(uploads: string, used: readonly string[], now: number): void {
  if (!existsSync(uploads)) return
  const kept = new Set(used.map((path) => uploadFolder(uploads, path)))
  for (const name of readdirSync(uploads)) {
    const own = join(uploads, name)
    const made = statSync(own, { throwIfNoEntry: false })?.mtimeMs ?? now
    if (!kept.has(own) && now - made > abandonedMs) rmSync(own, { recursive: true, force: true })
  }
}

/** What is said of a file that is too large, and its name where its own has no letter that may stay. */
interface UploadWords {
  tooLarge: string
  hint: string
  unnamed: string
}

/** Keeps an uploaded file of any kind, up to the limit, in a new folder inside `folder`. @returns its path */
export async function keepFile(
  folder: string,
  contentType: string,
  body: AsyncIterable<Uint8Array>,
  words: UploadWords,
): Promise<string> {
  const { filename, bytes } = await readUpload(contentType, body)
  const own = join(folder, randomBytes(8).toString('hex'))
  const path = join(own, safeName(filename) || words.unnamed)
  mkdirSync(own, { recursive: true, mode: 0o700 })
  try {
    await writeLimited(path, bytes, words)
  } catch (error) {
    rmSync(own, { recursive: true, force: true })
    throw error
  }
  return path
}

async function writeLimited(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  { tooLarge, hint }: UploadWords,
): Promise<void> {
  await using file = await open(path, 'wx', 0o600)
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > uploadLimit) throw new Problem('usage', tooLarge, { hint })
    await file.write(chunk).catch((cause: unknown) => {
      throw diskFull(cause)
    })
  }
}

function diskFull(cause: unknown): unknown {
  if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') return cause
  return new Problem('snapshot-disk-full', "The disk of the agent's folder is full.", {
    hint: 'Free some space, or give the path of the file.',
    cause,
  })
}

/** The name alone, without what any system treats as a path; the ending stays. */
const safeName = (name: string) =>
  basename(name.replaceAll('\\', '/'))
    .replace(/[^\p{L}\p{N}._ -]/gu, '_')
    .replace(/^\.+/, '_')
    .slice(-120)
