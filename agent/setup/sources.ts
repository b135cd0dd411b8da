import { type Dirent, existsSync } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { delimiter, dirname, join, relative, resolve } from 'node:path'
import type { FoundBackup, SourcesView } from '../../shared/api-setup-views.ts'

/** Folders inside a folder are looked into this many levels down; a backup that lies deeper is given by its path. */
const levelsDown = 2
/** Most names looked at below one folder, and milliseconds for it: a home may hold millions of files. */
const limits = { names: 20_000, time: 2_000 }
/** Most backups that are told. */
const toldAtMost = 200

/**
 * The backups in these folders and up to two levels below them, newest first. What lies near the top is looked
 * at first, links are not followed, and `unfinished` names the folders that held too much to look at all of it.
 * Only the first and last bytes of a file are looked at. A folder that cannot be read has none.
 */
export async function findBackups(
  folders: readonly string[],
  { names, time } = limits,
): Promise<SourcesView> {
  const looked = [...new Set(folders.map((folder) => resolve(folder)))]
  const found = new Map<string, FoundBackup>()
  const unfinished: string[] = []
  for (const folder of looked) {
    const until = Date.now() + time
    let left = names
    for await (const path of filesBelow(folder)) {
      left -= 1
      if (left < 0 || Date.now() > until) {
        unfinished.push(folder)
        break
      }
      if (path === null || found.has(path) || !(await isBackup(path))) continue
      const { size, mtimeMs } = await stat(path)
      const name = relative(folder, path)
      const at = Math.floor(mtimeMs)
      found.set(path, { path, name, size, time: at, attachments: attachmentsBeside(path) })
    }
  }
  const backups = [...found.values()].sort((a, b) => b.time - a.time).slice(0, toldAtMost)
  const there = looked.filter((folder) => existsSync(folder))
  return { backups, folders: there, levels: levelsDown, unfinished }
}

/** Paths of files level by level; null for a name that is no file, so that every name counts. */
async function* filesBelow(top: string): AsyncGenerator<string | null> {
  let level = [top]
  for (let depth = 0; depth <= levelsDown; depth += 1) {
    const below: string[] = []
    for (const folder of level)
      for (const entry of await entriesOf(folder)) {
        const visible = !entry.name.startsWith('.')
        if (visible && entry.isDirectory()) below.push(join(folder, entry.name))
        // A person put a link into a folder they named; further down it may lead anywhere.
        const linked = depth === 0 && entry.isSymbolicLink()
        yield visible && (entry.isFile() || linked) ? join(folder, entry.name) : null
      }
    level = below
  }
}

/** Where people keep backups: what LANDFALL_BACKUPS names, the folders used before, and their home. */
export function backupFolders(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  used: readonly string[],
): string[] {
  const named = (env.LANDFALL_BACKUPS ?? '').split(delimiter).filter(Boolean)
  return [...named, ...used.map((path) => dirname(path)), home, join(home, 'Downloads')]
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch {
    // Not there, or not ours to read: the answer names the folders that were looked at.
    return []
  }
}

/** A Jira home keeps files in data/attachments; backups lie in its export folder or were copied beside them. */
function attachmentsBeside(file: string): string | null {
  const folder = dirname(file)
  const places = [
    join(folder, 'data', 'attachments'),
    join(folder, 'attachments'),
    join(folder, '..', 'data', 'attachments'),
  ]
  return places.find((place) => existsSync(place)) ?? null
}

/** Whether a file has what a Jira backup begins or ends with. What cannot be read is none. */
async function isBackup(path: string): Promise<boolean> {
  if (!/\.(zip|xml)$/i.test(path)) return false
  try {
    await using file = await open(path, 'r')
    const { size } = await file.stat()
    if (size < 100 || !(await file.stat()).isFile()) return false
    const part = async (from: number, length: number) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
      return buffer.subarray(0, bytesRead)
    }
    // The header of some versions is a comment of a few kilobytes before the root.
    const head = await part(0, 16_384)
    if (!/\.zip$/i.test(path)) return head.includes('<entity-engine-xml')
    if (head.toString('latin1', 0, 2) !== 'PK') return false
    // A zip of few files has its directory in its last bytes (its own comment has at most 65,535).
    const tail = await part(Math.max(0, size - 70_000), Math.min(size, 70_000))
    return holdsEntities(tail)
  } catch {
    return false
  }
}

/** Jira's own zips hold entities.xml; others put a single XML into one. */
function holdsEntities(tail: Buffer): boolean {
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + 22 > tail.length) return false
  const count = tail.readUInt16LE(end + 10)
  const names: string[] = []
  const signature = Buffer.from('PK\x01\x02', 'latin1')
  for (let at = tail.indexOf(signature); at >= 0 && at < end; ) {
    const length = tail.readUInt16LE(at + 28)
    names.push(tail.toString('utf8', at + 46, at + 46 + length))
    at = tail.indexOf(signature, at + 46 + length)
  }
  if (names.some((name) => /(^|\/)entities\.xml$/i.test(name))) return true
  return count === 1 && /\.xml$/i.test(names[0] ?? '')
}
