import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync } from 'node:fs'
import { type FileHandle, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '../../shared/problem.ts'
import type { AppContext } from './path.ts'

/** Where the files of an app lie: apps/<migration>/<app> in the agent's folder. */
export const appFolder = (root: string, migrationId: string, key: string): string =>
  join(root, 'apps', migrationId, key.replace(/[^\w.-]/g, '_').replace(/^\.+/, '_'))

/** The file of this name in a folder; a Problem for a name that would lead out of it. */
export function fileIn(folder: string, name: string): string {
  if (!/^[\w-][\w.-]{0,199}$/.test(name))
    throw new Problem('usage', `A path may not use a file named "${name}".`, {
      hint: 'Name files by letters, digits, dots and dashes; folders cannot be chosen.',
    })
  return join(folder, name)
}

/**
 * The files of one app, in a folder that only its owner can read. A file is written as <name>.part and takes
 * its name when it is closed: what a crash cuts off never passes for a whole one.
 */
export function appFiles(folder: string): AppContext['files'] & { close(): Promise<void> } {
  const handles = new Set<FileHandle>()
  return {
    async create(name) {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const target = fileIn(folder, name)
      const part = `${target}.part`
      const handle = await open(part, 'w', 0o600)
      handles.add(handle)
      const hash = createHash('sha256')
      let bytes = 0
      return {
        async write(text) {
          const piece = Buffer.from(text)
          hash.update(piece)
          bytes += piece.length
          await handle.writeFile(piece)
        },
        async close() {
          await handle.sync()
          handles.delete(handle)
          await handle.close()
          await rename(part, target)
          return { bytes, sha256: hash.digest('hex') }
        },
      }
    },
    read: (name) => createReadStream(fileIn(folder, name)),
    async close() {
      for (const handle of handles) await handle.close()
      handles.clear()
    },
  }
}
