import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import {
  type PracticeProcess,
  type Process,
  runCli,
  startProcess,
} from '../support/agent-process.ts'
import { type Exchange, openApiChecker } from '../support/openapi.ts'

const document = resolve(import.meta.dirname, '../../../shared/openapi/jira-cloud-platform-v3.json')
const folder = mkdtempSync(join(tmpdir(), 'landfall-openapi-'))
let site: Process<PracticeProcess>
let proxy: Server
let address = ''

const exchanges: Exchange[] = []

/** Stands between the agent and the practice site, and keeps what was said. */
function recorder(target: string): Server {
  return createServer((incoming, outgoing) => {
    void (async () => {
      const body = await all(incoming)
      const url = new URL(incoming.url ?? '/', target)
      const onward = request(url, {
        method: incoming.method,
        headers: { ...incoming.headers, host: url.host },
      })
      onward.once('response', (answer) => {
        void all(answer).then((answered) => {
          exchanges.push({
            method: incoming.method ?? 'GET',
            path: url.pathname,
            query: url.searchParams,
            status: answer.statusCode ?? 0,
            requestBody: content(incoming, body),
            responseBody: content(answer, answered),
          })
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
          outgoing.end(answered)
        })
      })
      onward.end(body)
    })()
  })
}

async function all(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** JSON as what it says, everything else as its bytes, nothing as nothing. */
const content = (message: IncomingMessage, body: Buffer): unknown =>
  !body.length
    ? undefined
    : /json/.test(message.headers['content-type'] ?? '')
      ? JSON.parse(body.toString('utf8'))
      : body

beforeAll(async () => {
  site = await startProcess<PracticeProcess>(['practice', '--port', '0'])
  proxy = recorder(site.said.url)
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening))
  const at = proxy.address()
  address = typeof at === 'object' && at ? `http://127.0.0.1:${at.port}` : ''
  writeFileSync(join(folder, 'token'), site.said.token)
})
afterAll(async () => {
  proxy.close()
  proxy.closeAllConnections()
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('every request of a whole migration, and every answer to it, is as the official document says', async () => {
  const sample = await writeSample(join(folder, 'sample'))
  const { json } = await runCli<{ status: string; requests: number }>([
    'migrate',
    sample.backup,
    '--attachments',
    sample.attachments,
    '--site',
    address,
    '--email',
    site.said.email,
    '--token-file',
    join(folder, 'token'),
    '--out',
    join(folder, 'out'),
  ])
  expect(json.status).toBe('finished')
  expect(exchanges.length, 'the recorder saw every request that was counted').toBe(json.requests)
  if (!existsSync(document)) return
  const checker = openApiChecker(document)
  const wrong = new Map<string, string>()
  for (const exchange of exchanges) {
    // Served by the edge and by Jira Software, which are documented elsewhere.
    if (
      exchange.path.startsWith('/_edge/') ||
      exchange.path.startsWith('/rest/agile/') ||
      exchange.path.startsWith('/media/')
    )
      continue
    // The document calls the value of a preference a string; real sites take the bare true.
    if (exchange.path === '/rest/api/3/mypreferences') continue
    for (const complaint of checker.check(exchange)) {
      const where = checker.template(exchange.method, exchange.path) ?? exchange.path
      wrong.set(`${exchange.method} ${where} ${exchange.status}: ${complaint}`, exchange.path)
    }
  }
  expect([...wrong.keys()]).toEqual([])
})
