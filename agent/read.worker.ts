import { parentPort, workerData } from 'node:worker_threads'
import { must } from '../shared/assert.ts'
import { viewProblem } from '../shared/problem.ts'
import type { FromWorker, ReadInput } from './read.ts'
import { createSnapshot } from './snapshot/write.ts'
import { backupSource } from './source/backup/backup.ts'
import { datacenterSource, type LiveSource } from './source/datacenter/datacenter.ts'
import type { Source } from './source/source.ts'

/** The thread that reads: it works off one source and ends. */
const port = must(parentPort, 'This file is started as a worker thread')
const say = (message: FromWorker) => port.postMessage(message)
const input = workerData as ReadInput

/** A dashboard needs no more than ten reports a second. */
const REPORT_MS = 100

async function open(): Promise<Source & Partial<LiveSource>> {
  const { access, patienceMs = 0 } = input
  if (!access) return backupSource(input.path, input.timeZone)
  const signal = new AbortController().signal
  return datacenterSource(access, {
    signal,
    patienceMs,
    onWait: (waiting, limit) => say({ waiting, limit }),
  })
}

async function work(): Promise<void> {
  const source = await open()
  const snapshot = createSnapshot(
    input.snapshotPath,
    source.identity === undefined ? {} : { resume: source.identity },
  )
  const unit = input.access ? 'issues' : 'bytes'
  let reported = 0
  try {
    const { counts, notes, ...info } = await source.read(
      snapshot,
      new AbortController().signal,
      (bytes, rows) => {
        const now = performance.now()
        if (now - reported < REPORT_MS) return
        reported = now
        say({ progress: { bytes, totalBytes: source.totalBytes, rows, unit } })
      },
    )
    snapshot.finish(info, counts, notes)
    const rows = counts.reduce((all, count) => all + count.found, 0)
    say({ progress: { bytes: source.totalBytes, totalBytes: source.totalBytes, rows, unit } })
  } catch (error) {
    if (source.identity === undefined) snapshot.abandon()
    else snapshot.leave()
    throw error
  } finally {
    await source.close?.()
  }
}

work().then(
  () => say({ done: true }),
  (error: unknown) => say({ problem: viewProblem(error) }),
)
