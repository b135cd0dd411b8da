import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { listRows } from '../../../agent/snapshot/listing.ts'
import { openSnapshot, type Snapshot } from '../../../agent/snapshot/read.ts'
import { createSnapshot } from '../../../agent/snapshot/write.ts'
import type { ClientOptions } from '../../../agent/source/datacenter/client.ts'
import { datacenterSource } from '../../../agent/source/datacenter/datacenter.ts'
import type { DataCenter } from './box.ts'

export interface Reading {
  snapshot: Snapshot
  /** Where it lies. */
  path: string
  /** What it waited for, in order. */
  waits: string[]
  /** Issues read so far, as they were told. */
  progress: number[]
  close(): void
}

/** Notes whose number has no rows to list, each with the reason. */
const without: Record<string, string> = {
  'groups-not-listed': 'Jira says how many there are, and not which.',
  'issues-not-found': 'Jira counts them and lists none of them.',
}

/** Every number of a note has a list of as many rows. */
function expectNotes(path: string, snapshot: Snapshot): void {
  for (const { code, items, n } of snapshot.notes()) {
    if (items === 0 || code in without) continue
    expect(n, code).not.toBeNull()
    const rows = listRows(path, { table: 'noted', note: n ?? 0, after: 0, limit: items + 1 })
    expect(rows, code).toHaveLength(items)
    for (const row of rows) expect(`${row.label}${row.projectKey ?? ''}`, code).not.toBe('')
  }
}

/** Reads a box into a snapshot, without really waiting. Throws what the source throws. */
export async function readBox(
  box: Pick<DataCenter, 'url' | 'token'>,
  options: Partial<ClientOptions> & {
    user?: string
    secret?: string
    projects?: string[]
  } = {},
): Promise<Reading> {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-box-'))
  const waits: string[] = []
  const progress: number[] = []
  const path = join(folder, 'snapshot.sqlite')
  const { user = null, secret = box.token, projects = null, ...more } = options
  const close = () => rmSync(folder, { recursive: true, force: true })
  try {
    const source = await datacenterSource(
      { url: box.url, user, secret, projects },
      {
        signal: new AbortController().signal,
        patienceMs: 10 * 60_000,
        onWait: (sentence) => sentence !== null && waits.push(sentence),
        // Time is not what is tested here: what would be waited for is told, and passes at once.
        sleep: async (_ms, signal) => signal.throwIfAborted(),
        ...more,
      },
    )
    const writer = createSnapshot(path)
    try {
      const { counts, notes, ...info } = await source.read(
        writer,
        options.signal ?? new AbortController().signal,
        (issues) => progress.push(issues),
      )
      writer.finish(info, counts, notes)
    } catch (error) {
      writer.abandon()
      throw error
    } finally {
      await source.close()
    }
    const snapshot = openSnapshot(path)
    expectNotes(path, snapshot)
    return {
      ...{ snapshot, path, waits, progress },
      close() {
        snapshot.close()
        close()
      },
    }
  } catch (error) {
    close()
    throw error
  }
}
