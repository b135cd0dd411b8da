import { Worker } from 'node:worker_threads'
import { Problem, type ProblemCode, type ProblemView } from '../../shared/problem.ts'
import type { Compared, Question } from './find.ts'

export type FromThread = { found: Compared } | { problem: ProblemView }

/**
 * Evaluates in a thread of its own: a big source takes seconds, in which the agent has to go on answering.
 * Throws the Problem that it met, or the signal's reason once it aborts.
 */
export async function findInThread(question: Question, signal: AbortSignal): Promise<Compared> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./find.worker.ts', import.meta.url), { workerData: question })
  const { promise, resolve, reject } = Promise.withResolvers<Compared>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  worker.on('message', (message: FromThread) => {
    if ('found' in message) return resolve(message.found)
    const { code, sentence, hint, again } = message.problem
    reject(new Problem(code as ProblemCode, sentence, { hint, again }))
  })
  worker.on('error', reject)
  worker.on('exit', (code) => reject(new Error(`The asking thread ended early (code ${code})`)))
  try {
    return await promise
  } finally {
    signal.removeEventListener('abort', stop)
    await worker.terminate()
  }
}
