import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSnapshot, type Snapshot } from '../../../agent/snapshot/read.ts'
import { createSnapshot } from '../../../agent/snapshot/write.ts'
import type { ClientOptions } from '../../../agent/source/datacenter/client.ts'
import { datacenterSource } from '../../../agent/source/datacenter/datacenter.ts'
import type { DataCenter } from './box.ts'

export interface Reading {
  snapshot: Snapshot
  /** What it waited for, in order. */
  waits: string[]
  /** Issues read so far, as they were told. */
  progress: number[]
  close(): void
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
    return {
      ...{ snapshot, waits, progress },
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
