import { parentPort, workerData } from 'node:worker_threads'
import { must } from '../shared/assert.ts'
import { viewProblem } from '../shared/problem.ts'
import type { FromWorker, ReadInput } from './read.ts'
import { createSnapshot } from './snapshot/write.ts'
import { backupSource } from './source/backup/backup.ts'

/** The thread that reads: it works off one source and ends. */
const port = must(parentPort, 'This file is started as a worker thread')
const say = (message: FromWorker) => port.postMessage(message)
const input = workerData as ReadInput

/** A dashboard needs no more than ten reports a second. */
const REPORT_MS = 100

async function work(): Promise<void> {
  const source = await backupSource(input.path, input.timeZone)
  const snapshot = createSnapshot(input.snapshotPath)
  let reported = 0
  try {
    const { counts, notes, ...info } = await source.read(
      snapshot,
      new AbortController().signal,
      (bytes, rows) => {
        const now = performance.now()
        if (now - reported < REPORT_MS) return
        reported = now
        say({ progress: { bytes, totalBytes: source.totalBytes, rows } })
      },
    )
    snapshot.finish(info, counts, notes)
    const rows = counts.reduce((all, count) => all + count.found, 0)
    say({ progress: { bytes: source.totalBytes, totalBytes: source.totalBytes, rows } })
  } catch (error) {
    snapshot.abandon()
    throw error
  }
}

work().then(
  () => say({ done: true }),
  (error: unknown) => say({ problem: viewProblem(error) }),
)
