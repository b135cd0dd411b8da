import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { inspect, inspectionText } from '../inspect.ts'
import { readSource } from '../read.ts'
import type { Snapshot } from '../snapshot/read.ts'
import { openSnapshot } from '../snapshot/read.ts'
import { createOutput, say } from './output.ts'
import { type GivenSource, sourceFrom, sourceOptions } from './source.ts'

/** A live source that went away is waited for so long; who waits at a terminal can stop it. */
const patienceMs = 5 * 60_000

/** inspect SOURCE: what it is, what is in it, and what of it Landfall does not keep. */
export async function inspectCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      'time-zone': { type: 'string' },
      'token-file': { type: 'string' },
      projects: { type: 'string' },
      ...sourceOptions,
    },
  })
  const output = createOutput(values.json ?? false)
  await withSnapshot(
    sourceFrom(positionals, 'inspect', values),
    values['time-zone'] ?? null,
    async (snapshot) => {
      const inspection = inspect(snapshot)
      output.result(inspection, inspectionText(inspection))
    },
  )
  return 0
}

/** Reads a source into a snapshot that lives only as long as the work with it. */
export async function withSnapshot<T>(
  source: GivenSource,
  timeZone: string | null,
  work: (snapshot: Snapshot, snapshotPath: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-'))
  const aborter = new AbortController()
  const stop = () => aborter.abort()
  process.once('SIGINT', stop)
  try {
    const snapshotPath = join(folder, 'snapshot.sqlite')
    await readSource({
      ...source,
      patienceMs,
      snapshotPath,
      timeZone,
      signal: aborter.signal,
      onProgress: () => undefined,
      onWait: (sentence) => sentence && say(sentence),
    })
    const snapshot = openSnapshot(snapshotPath)
    try {
      return await work(snapshot, snapshotPath)
    } finally {
      snapshot.close()
    }
  } finally {
    process.off('SIGINT', stop)
    rmSync(folder, { recursive: true, force: true })
  }
}
