import { createPractice } from '../../agent/practice/practice.ts'
import type { Exchange } from '../support/openapi.ts'
import { scriptedSite } from './scripted-site.ts'

/** The practice site behind a server that keeps every exchange, to be checked against the API document. */
export async function recordedSite(rateLimits: 'real' | 'off' = 'off') {
  const practice = createPractice({ stateDir: null, rateLimits, url: 'http://127.0.0.1' })
  const exchanges: Exchange[] = []
  const site = await scriptedSite(async (got, response) => {
    const url = new URL(got.url, 'http://127.0.0.1')
    const answer = await practice.app.fetch(
      new Request(url, {
        method: got.method,
        redirect: 'manual',
        headers: Object.entries(got.headers).flatMap(([name, value]) =>
          typeof value === 'string' ? [[name, value] as [string, string]] : [],
        ),
        ...(got.body.length ? { body: new Uint8Array(got.body) } : {}),
      }),
    )
    const bytes = Buffer.from(await answer.arrayBuffer())
    exchanges.push({
      method: got.method,
      path: url.pathname,
      query: url.searchParams,
      requestBody: content(got.headers['content-type'], got.body),
      status: answer.status,
      responseBody: content(answer.headers.get('content-type') ?? '', bytes),
    })
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    response.end(bytes)
  })
  return {
    url: site.url,
    email: practice.email,
    token: practice.token,
    practice,
    exchanges,
    async close() {
      await site.close()
      practice.close()
    },
  }
}

function content(type: string | undefined, bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined
  const text = bytes.toString('utf8')
  return type?.includes('application/json') ? JSON.parse(text) : text
}
