import { existsSync } from 'node:fs'
import { opendir, stat, statfs } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import type { SnapshotReader } from '../shared/record.ts'
import type { AgentFacts, FileOnDisk } from './plan/checks/check.ts'

/**
 * What an item takes in the ledger with its promise and its share of the indexes, and again in the report:
 * measured on real backups as 1.1 kB, plus what the texts of issues and comments add.
 */
const bytesAnItem = 1_500
/** A text stands as ADF in the ledger, about twice as long as its wiki markup; the snapshot's size bounds the texts. */
const perSnapshotByte = 3
const leastBytes = 50 * 1024 ** 2

/** What the agent may use: a container's limit where it has one (0 or absurdly much = none), else all of the machine. */
export const memoryOf = (limit: number | undefined, machine: number): number =>
  limit && limit < machine ? limit : machine

/** What the agent's machine has; the folder need not be there yet. */
export async function agentFacts(
  folder: string,
  snapshotPath: string | null,
  snapshot: SnapshotReader,
): Promise<AgentFacts> {
  let there = folder
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there)
  const { bavail, bsize } = await statfs(there)
  const rows = (
    ['issue', 'comment', 'worklog', 'attachment', 'changeGroup', 'fieldValue', 'watcher'] as const
  ).reduce((sum, table) => sum + snapshot.count(table), 0)
  const size = snapshotPath ? (await stat(snapshotPath)).size : 0
  return {
    freeDisk: bavail * bsize,
    neededDisk: leastBytes + rows * bytesAnItem + size * perSnapshotByte,
    memory: memoryOf(process.constrainedMemory(), totalmem()),
    folder,
  }
}

/**
 * The files of an attachments folder in the layouts that the file finder knows: PKEY/PKEY-12/10000 (or
 * 10000_name.png), and PKEY/10000/PKEY-12/10000. Thumbnails, avatars and temporary files are none.
 */
export async function* filesOnDisk(folder: string): AsyncGenerator<FileOnDisk> {
  const root =
    [join(folder, 'data', 'attachments'), join(folder, 'attachments')].find((path) =>
      existsSync(path),
    ) ?? folder
  for await (const project of await opendir(root)) {
    if (!project.isDirectory()) continue
    for await (const one of await opendir(join(root, project.name))) {
      if (!one.isDirectory()) continue
      const path = join(root, project.name, one.name)
      if (isIssue(one.name)) yield* ofIssue(path, one.name)
      else if (/^\d+$/.test(one.name))
        for await (const inner of await opendir(path))
          if (inner.isDirectory() && isIssue(inner.name))
            yield* ofIssue(join(path, inner.name), inner.name)
    }
  }
}

const isIssue = (name: string) => /^[A-Z][A-Z0-9_]*-\d+$/.test(name)

async function* ofIssue(path: string, issueFolder: string): AsyncGenerator<FileOnDisk> {
  for await (const file of await opendir(path)) {
    const id = /^(\d+)(?:_(?!thumb_).*)?$/s.exec(file.name)?.[1]
    if (file.isFile() && id) yield { path: join(path, file.name), issueFolder, attachmentId: id }
  }
}
