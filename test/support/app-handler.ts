import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { signature, transferToken } from '../../agent/apps/handler.ts'

export const secret = 'a-secret-that-both-sides-know'

interface Event {
  eventType: string
  transferId: string
  s3Key?: string
  label?: string
}

/** A vendor's cloud handler: takes events, keeps them, and calls the agent's doors as the platform has them. */
export async function appHandler(options: { answers?: (event: Event) => number } = {}) {
  const events: Event[] = []
  const refused: string[] = []
  const waiting: { type: string; go(event: Event): void }[] = []
  const server = createServer(async (request, response) => {
    const body = await textOf(request)
    const expected = signature(secret, Number(request.headers['x-landfall-time']), body)
    if (request.headers['x-landfall-signature'] !== expected) {
      refused.push(body)
      response.writeHead(401).end()
      return
    }
    const event = JSON.parse(body) as Event
    const status = options.answers?.(event) ?? 200
    if (status) response.writeHead(status).end()
    if (status !== 200) return
    events.push(event)
    for (const one of waiting.filter(({ type }) => event.eventType.endsWith(type))) one.go(event)
  })
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/migration`,
    events,
    refused,
    /** The first event whose type ends so. */
    event(type: string): Promise<Event> {
      const had = events.find(({ eventType }) => eventType.endsWith(type))
      return had ? Promise.resolve(had) : new Promise((go) => waiting.push({ type, go }))
    },
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

/** The headers with which the handler calls the agent about this transfer. */
export const asHandler = (transferId: string, key = secret) => ({
  authorization: `Bearer ${transferToken(key, transferId)}`,
  'content-type': 'application/json',
  host: '127.0.0.1:4747',
})

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request) text += piece
  return text
}
