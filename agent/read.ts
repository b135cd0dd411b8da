import { Worker } from 'node:worker_threads'
import { Problem, type ProblemCode, type ProblemView } from '../shared/problem.ts'
import { removePart } from './snapshot/write.ts'
import type { SourceAccess } from './source/datacenter/client.ts'

export interface ReadProgress {
  /** Bytes of unpacked XML gone through, of how many; of a live source its issues. */
  bytes: number
  totalBytes: number
  rows: number
  unit?: 'bytes' | 'issues'
  /** What a live source is waited for at this moment. */
  waiting?: string | null
}

/** What the reading thread is told. timeZone: what the user says; null = find it out. */
export interface ReadInput {
  path: string
  snapshotPath: string
  timeZone: string | null
  /** How to get into a live source, whose address path is then; null or absent = a backup. */
  access?: SourceAccess | null
  /** What an earlier reading of a live source left is not gone on with. */
  anew?: boolean
  /** How long a live source that does not answer is waited for, in milliseconds. */
  patienceMs?: number
}

export type FromWorker =
  | { progress: ReadProgress }
  | { waiting: string | null; limit: boolean }
  | { done: true }
  | { problem: ProblemView }

/** Rows die young; the default nursery only makes the thread larger, not faster (measured on 1 GB). */
const YOUNG_MB = 16

/**
 * Reads a source into a new snapshot, in a thread of its own. The snapshot takes its name only when it
 * is whole; on any other end nothing is left of it, but for what was read of a live source: the next reading
 * of the same goes on from there. Throws the Problem that the reading met (source-…,
 * snapshot-disk-full, usage for a time zone that is none), or the signal's reason once it aborts.
 * A second reading into the same snapshot (of a check, while a person inspects) waits for the first and
 * shares what came of it.
 */
export async function readSource(input: Reading): Promise<void> {
  const { signal, snapshotPath } = input
  signal.throwIfAborted()
  const other = underWay.get(snapshotPath)
  if (!other) {
    const own = { promise: readAlone(input), signal }
    underWay.set(snapshotPath, own)
    return own.promise.finally(() => underWay.delete(snapshotPath))
  }
  try {
    await unlessAborted(other.promise, signal)
  } catch (error) {
    // Whoever began it stopped it; this one still wants the snapshot.
    if (signal.aborted || !other.signal.aborted) throw error
    await readSource(input)
  }
}

type Reading = ReadInput & {
  signal: AbortSignal
  onProgress(progress: ReadProgress): void
  /** A live source does not answer, or limits requests: what is waited for; null = it goes on. */
  onWait?(sentence: string | null, limit: boolean): void
}
const underWay = new Map<string, { promise: Promise<void>; signal: AbortSignal }>()

function unlessAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

async function readAlone(input: Reading): Promise<void> {
  const { signal, onProgress, onWait, ...workerData } = input
  const { snapshotPath } = workerData
  if (input.anew) removePart(`${snapshotPath}.part`)
  const worker = new Worker(new URL('./read.worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  worker.on('message', (message: FromWorker) => {
    if ('progress' in message) onProgress(message.progress)
    else if ('waiting' in message) onWait?.(message.waiting, message.limit)
    else if ('done' in message) resolve()
    else reject(fromView(message.problem))
  })
  worker.on('error', reject)
  worker.on('exit', (code) => reject(new Error(`The reading thread ended early (code ${code})`)))
  let whole = false
  try {
    await promise
    whole = true
  } finally {
    signal.removeEventListener('abort', stop)
    await worker.terminate()
    // What was read of a live source took its time: the next reading goes on from there.
    if (!whole && !input.access) removePart(`${snapshotPath}.part`)
  }
}

function fromView(view: ProblemView): Problem {
  return new Problem(view.code as ProblemCode, view.sentence, {
    hint: view.hint,
    again: view.again,
  })
}
