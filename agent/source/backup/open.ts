import { createReadStream, existsSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Problem } from '../../../shared/problem.ts'
import { asUtf8 } from './bytes.ts'
import { zipEntries } from './zip.ts'

const CHUNK = 1024 * 1024

/** One XML file of a backup, as UTF-8 in chunks. */
export interface Part {
  name: string
  size: number
  bytes(signal: AbortSignal): AsyncIterable<Buffer>
}

/** A backup as it lies on disk: always entities, and activeobjects since Jira 5. */
export interface Opened {
  path: string
  label: string
  entities: Part
  objects: Part | null
  file: FileMark
}

/** By which one notices that a backup on disk is no longer the one that was read; epoch ms. */
export interface FileMark {
  bytes: number
  modifiedAt: number
}

/** The mark of a backup as it lies on disk now, all its files together; null where there is none. */
export function fileMark(path: string): FileMark | null {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return null
  if (stat.isDirectory()) return fileMark(join(path, 'entities.xml'))
  const beside = objectsBeside(path)
  const objects = beside === null ? undefined : statSync(beside, { throwIfNoEntry: false })
  return {
    bytes: stat.size + (objects?.size ?? 0),
    modifiedAt: Math.floor(Math.max(stat.mtimeMs, objects?.mtimeMs ?? 0)),
  }
}

/** The activeobjects.xml that belongs to a bare entities.xml. */
function objectsBeside(path: string): string | null {
  const beside = join(dirname(path), 'activeobjects.xml')
  return basename(path).toLowerCase() === 'entities.xml' && existsSync(beside) ? beside : null
}

/**
 * Finds the parts of a backup: a zip with entities.xml and activeobjects.xml, a zip with one entry of
 * any name, a bare XML file (with an activeobjects.xml beside an entities.xml), or a folder with those.
 * Throws a Problem: source-missing, source-empty, source-not-jira, source-unreadable, source-truncated.
 */
export async function openBackup(path: string): Promise<Opened> {
  const label = basename(path)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined)
    throw new Problem('source-missing', `There is no file ${path}.`, {
      hint: 'Check the path; Jira writes backups to the folder "export" of its home.',
    })
  if (stat.isDirectory()) {
    const inside = join(path, 'entities.xml')
    if (existsSync(inside)) return openBackup(inside)
    throw new Problem('source-not-jira', `The folder ${label} has no entities.xml in it.`, {
      hint: 'Give the backup itself: the zip that Jira made, or its entities.xml.',
    })
  }
  if (stat.size === 0) throw empty(label)
  const file = fileMark(path) ?? { bytes: stat.size, modifiedAt: Math.floor(stat.mtimeMs) }
  const head = await firstBytes(path)
  if (head.toString('latin1', 0, 2) === 'PK') return { ...(await openZip(path, label)), file }
  const beside = objectsBeside(path)
  return {
    path,
    label,
    entities: filePart(path, stat.size),
    objects: beside === null ? null : filePart(beside, statSync(beside).size),
    file,
  }
}

async function openZip(path: string, label: string): Promise<Omit<Opened, 'file'>> {
  const entries = await zipEntries(path, label)
  const only = entries.length === 1 ? entries[0] : undefined
  const named = (name: string) => entries.find((entry) => entry.name.toLowerCase() === name)
  const entities = named('entities.xml') ?? only
  if (entities === undefined) {
    if (entries.length === 0) throw empty(label)
    const names = entries.slice(0, 3).map((entry) => entry.name)
    throw new Problem(
      'source-not-jira',
      `The zip ${label} has no entities.xml; it holds ${names.join(', ')} and so on.`,
      { hint: 'Give the zip that Jira made under System, Backup system, as it is.' },
    )
  }
  if (entities.size === 0) throw empty(label)
  const objects = named('activeobjects.xml')
  return {
    path,
    label,
    entities: { ...entities, bytes: (signal) => asUtf8(entities.bytes(signal)) },
    objects:
      objects === undefined || objects === entities || objects.size === 0
        ? null
        : { ...objects, bytes: (signal) => asUtf8(objects.bytes(signal)) },
  }
}

function filePart(path: string, size: number): Part {
  return {
    name: basename(path),
    size,
    bytes: (signal) => asUtf8(createReadStream(path, { highWaterMark: CHUNK, signal })),
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  try {
    await using file = await open(path, 'r')
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.subarray(0, bytesRead)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Problem('source-unreadable', `The file ${path} cannot be read: ${why}.`, {
      hint: 'Check that the user who runs Landfall may read it.',
      cause,
    })
  }
}

function empty(label: string): Problem {
  return new Problem('source-empty', `${label} is empty: there is no backup in it.`, {
    hint: 'Make the backup again, and wait until Jira says that it is complete.',
  })
}
