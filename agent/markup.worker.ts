import { parentPort } from 'node:worker_threads'
import { must } from '../shared/assert.ts'
import { convertMarkup } from './plan/markup.ts'

/** One text at a time: what comes in is { id, wiki }, what goes out is { id, doc, lost }. */
const port = must(parentPort, 'markup.worker runs as a worker thread.')
port.on('message', ({ id, wiki }: { id: number; wiki: string }) => {
  port.postMessage({ id, ...convertMarkup(wiki) })
})
port.postMessage({ ready: true })
