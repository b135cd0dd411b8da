import { Worker } from 'node:worker_threads'
import type { Ask, Told } from './practice.worker.ts'
import type { ServeOptions } from './serve.ts'

export interface PracticeThread {
  url: string
  email: string
  token: string
  addAccounts(list: { email: string; displayName: string }[]): Promise<void>
  close(): Promise<void>
}

/** Serves a practice site from a thread of its own, so that it does not wait for the agent's work, nor the agent for its. */
export async function startPracticeThread(options: ServeOptions): Promise<PracticeThread> {
  const worker = new Worker(new URL('./practice.worker.ts', import.meta.url), {
    workerData: options,
  })
  const waiting = new Map<number, { resolve(): void; reject(cause: Error): void }>()
  let asked = 0
  const fail = (cause: Error) => {
    for (const { reject } of waiting.values()) reject(cause)
    waiting.clear()
  }
  const started = await new Promise<Extract<Told, { type: 'started' }>>((resolve, reject) => {
    worker.once('error', reject)
    worker.on('message', (told: Told) => {
      if (told.type === 'started') return resolve(told)
      if (told.type === 'failed' && told.asked === null) return reject(new Error(told.sentence))
      const one = told.asked === null ? undefined : waiting.get(told.asked)
      if (told.asked !== null) waiting.delete(told.asked)
      if (told.type === 'failed') one?.reject(new Error(told.sentence))
      else one?.resolve()
    })
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('The practice site has ended.')))
  const ask = (question: Ask['question']) =>
    new Promise<void>((resolve, reject) => {
      asked += 1
      waiting.set(asked, { resolve, reject })
      worker.postMessage({ asked, question } satisfies Ask)
    })
  return {
    url: started.url,
    email: started.email,
    token: started.token,
    addAccounts: (list) => ask({ type: 'addAccounts', list }),
    async close() {
      await ask({ type: 'close' })
      await worker.terminate()
    },
  }
}
