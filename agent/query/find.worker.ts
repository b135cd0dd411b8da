import { parentPort, workerData } from 'node:worker_threads'
import { must } from '../../shared/assert.ts'
import { viewProblem } from '../../shared/problem.ts'
import { find, type Question } from './find.ts'
import type { FromThread } from './thread.ts'

/** The thread that evaluates one JQL and ends. */
const port = must(parentPort, 'This file is started as a worker thread')
let answer: FromThread
try {
  answer = { found: find(workerData as Question) }
} catch (error) {
  answer = { problem: viewProblem(error) }
}
port.postMessage(answer)
