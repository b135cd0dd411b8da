import { format } from 'node:util'
import { parentPort, workerData } from 'node:worker_threads'
import { must } from '../../shared/assert.ts'
import { viewProblem } from '../../shared/problem.ts'
import type { AppPath } from './path.ts'
import { createCalls } from './path-calls.ts'
import { createClient } from './path-client.ts'
import type { FromThread, Stint, ToThread } from './path-protocol.ts'
import { createTelling } from './path-telling.ts'

/** The thread of a path: one stint after another, each with a context of its own. */
const port = must(parentPort, 'path.worker runs as a worker thread.')
const post = (message: FromThread) => port.postMessage(message)
const calls = createCalls((page) => post({ calls: page }))
const telling = createTelling(workerData as Int32Array, (told) => post({ told }))
let aborter = new AbortController()
let over = false
let strays = 0

// What a path prints would pile up on its way to the agent's own output: it belongs into the app's log.
const levels = { log: 'info', info: 'info', debug: 'info', warn: 'warn', error: 'error' } as const
for (const [name, level] of Object.entries(levels))
  Object.assign(console, {
    [name]: (...words: unknown[]) => telling.log(level, 'console', format(...words)),
  })

async function work(stint: Stint): Promise<void> {
  aborter = new AbortController()
  over = false
  const { signal } = aborter
  const { path } = (await import(stint.file)) as { path: AppPath }
  const context = createClient(stint, signal, calls, telling)
  for (const step of stint.steps) {
    signal.throwIfAborted()
    await path[step](context)
  }
}

function end(problem: ReturnType<typeof viewProblem> | null): void {
  telling.flush()
  post({ ended: problem })
  over = true
  const reason = new Error('This part of the app migration is over; its path goes on all the same.')
  aborter.abort(reason)
  calls.abort(reason)
}

/** What nobody waits for fails the path while it is at work; what it left behind can harm nothing any more. */
function stray(error: unknown): void {
  if (!over) throw error
  if (strays++ < 100)
    process.emitWarning(`A path of an app left something behind that failed: ${error}`)
}
process.on('unhandledRejection', stray)
process.on('uncaughtException', stray)

port.on('message', (message: ToThread) => {
  if ('answers' in message) return calls.take(message.answers)
  if ('abort' in message) {
    const reason = new Error(message.abort)
    over = true
    aborter.abort(reason)
    return calls.abort(reason)
  }
  work(message.begin).then(
    () => end(null),
    (error: unknown) => end(viewProblem(error)),
  )
})
process.on('exit', () => telling.flush())
