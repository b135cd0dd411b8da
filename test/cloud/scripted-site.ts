import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the server got, with the body read to its end. */
export interface Got {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: Buffer
}

/** A server of this machine that answers as a test says. */
export async function scriptedSite(
  handle: (got: Got, response: ServerResponse) => void | Promise<void>,
) {
  const got: Got[] = []
  const server = createServer(async (from, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of from) chunks.push(chunk)
    const one = {
      method: from.method ?? '',
      url: from.url ?? '',
      headers: from.headers,
      body: Buffer.concat(chunks),
    }
    got.push(one)
    await handle(one, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    got,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function json(response: ServerResponse, status: number, body: unknown, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}
