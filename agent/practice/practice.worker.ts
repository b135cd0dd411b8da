import { parentPort, workerData } from 'node:worker_threads'
import { must } from '../../shared/assert.ts'
import { type ServeOptions, servePractice } from './serve.ts'

/** What the other thread asks; each question is answered once. */
export interface Ask {
  asked: number
  question:
    | { type: 'addAccounts'; list: { email: string; displayName: string }[] }
    | { type: 'close' }
}
export type Told =
  | { type: 'started'; asked: null; url: string; email: string; token: string }
  | { type: 'done'; asked: number }
  | { type: 'failed'; asked: number | null; sentence: string }

const port = must(parentPort, 'the practice worker runs in a worker thread')
const tell = (told: Told) => port.postMessage(told)
const sentence = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))

try {
  const served = await servePractice(workerData as ServeOptions)
  const { url, email, token } = served
  port.on('message', async ({ asked, question }: Ask) => {
    try {
      if (question.type === 'addAccounts') served.practice.addAccounts(question.list)
      else await served.close()
      tell({ type: 'done', asked })
    } catch (cause) {
      tell({ type: 'failed', asked, sentence: sentence(cause) })
    }
  })
  tell({ type: 'started', asked: null, url, email, token })
} catch (cause) {
  tell({ type: 'failed', asked: null, sentence: sentence(cause) })
}
