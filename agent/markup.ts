import { Worker } from 'node:worker_threads'
import type { AdfDoc, Reason, ToAdf } from '../shared/plan.ts'
import { type Converted, cleanText, plainDoc, plainInstead } from './plan/adf.ts'

/**
 * How long one text may take. Real ones take a millisecond, the worst of thousands took 15; ten patterns
 * make the transformer quadratic, and `[~u` repeated to 32 kB takes 12 seconds. A busy machine must not
 * turn a good text into a plain one, so the limit is far above what any real text needs.
 */
const conversionMs = 5_000
/** Loading the transformer takes two seconds on a busy machine; this is only against waiting for ever. */
const loadingMs = 60_000

interface Job {
  id: number
  wiki: string
  done(converted: Converted): void
  fail(error: Error): void
}

/**
 * The conversion of wiki markup, in a worker thread so that nothing else waits for it. One text is with
 * the worker at a time; a text that takes too long costs the worker its life and comes as plain text.
 */
export function createMarkup(options: { limitMs?: number } = {}): {
  toAdf: ToAdf
  close(): Promise<void>
} {
  const queue: Job[] = []
  let current: Job | null = null
  let worker: Worker | null = null
  let ready = false
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let ids = 0

  function start() {
    const own = new Worker(new URL('./markup.worker.ts', import.meta.url))
    worker = own
    ready = false
    timer = setTimeout(() => refuseAll(new Error('It took more than a minute to load.')), loadingMs)
    own.on('message', (message: { ready?: true; id?: number; doc?: AdfDoc; lost?: Reason[] }) => {
      if (worker !== own) return
      clearTimeout(timer)
      if (message.ready) ready = true
      else if (current && message.id === current.id && message.doc)
        settle({ doc: message.doc, lost: message.lost ?? [] })
      next()
    })
    const died = (error: unknown) => {
      const cause = error instanceof Error ? ` (${error.message})` : ''
      if (worker !== own) return
      if (ready) replace(`Its conversion broke off${cause}`)
      else refuseAll(error)
    }
    own.on('error', died)
    own.on('exit', died)
  }

  /** Ends the worker; the text that it had comes as it was written, the others wait for the next worker. */
  function replace(why: string) {
    clearTimeout(timer)
    const old = worker
    worker = null
    void old?.terminate()
    if (current) settle(plainInstead(current.wiki, why))
    next()
  }

  /** A worker that cannot even start is no text's fault: the installation is broken, and all must know. */
  function refuseAll(cause: unknown) {
    clearTimeout(timer)
    const old = worker
    worker = null
    void old?.terminate()
    const error = new Error('The converter of wiki markup did not start.', { cause })
    for (const job of queue.splice(0)) job.fail(error)
  }

  function settle(converted: Converted) {
    const job = current
    current = null
    job?.done(converted)
  }

  function next() {
    if (closed || current || queue.length === 0) return
    if (!worker) return start()
    if (!ready) return
    current = queue.shift() ?? null
    if (!current) return
    const limitMs = options.limitMs ?? conversionMs
    const job = current
    const expired = () => {
      if (current === job) replace('Its markup took too long to convert')
    }
    // An answer that came while this thread was busy is read before the check phase: it still counts.
    timer = setTimeout(() => setImmediate(expired), limitMs)
    worker.postMessage({ id: current.id, wiki: current.wiki })
  }

  return {
    toAdf: (wiki) => {
      if (closed) return Promise.resolve(plainInstead(wiki, 'The converter was closed'))
      if (isPlain(wiki)) return Promise.resolve({ doc: plainDoc(wiki), lost: [] })
      return new Promise((done, fail) => {
        ids += 1
        queue.push({ id: ids, wiki, done, fail })
        next()
      })
    },
    close: async () => {
      closed = true
      clearTimeout(timer)
      const old = worker
      worker = null
      await old?.terminate()
      for (const job of [current, ...queue.splice(0)])
        job?.done(plainInstead(job.wiki, 'The converter was closed'))
      current = null
    },
  }
}

/** Letters, digits and the few signs that mean nothing to the transformer: no need to ask it. */
function isPlain(wiki: string): boolean {
  return wiki.length < 20_000 && /^[\p{L}\p{N} ,;.\n\r'"%€=<>]*$/u.test(wiki) && !hasMarks(wiki)
}

/** What is markup without a sign of its own: headings, quotes, addresses, numbered lists. */
function hasMarks(wiki: string): boolean {
  return /^\s*(h[1-6]|bq)\.|\b(https?|www|mailto|ftp|file)\b/im.test(cleanText(wiki))
}
