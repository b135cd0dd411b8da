import type { PageAnswer, PageRequest } from '../../../shared/api-repair.ts'
import { onAsked } from '../../platform.ts'
import type { PageAsk } from '../../sync/repair-calls.ts'
import { problemWords } from '../../words-problems.ts'

const key = '[A-Z][A-Z0-9_]*-\\d+'
const issue = `/issue/${key}`
/** All that is ever asked of the page's site from here: what a repair reads, and what it writes. */
const known: readonly [method: string, path: string][] = [
  ['GET', '/myself'],
  ['POST', '/issue/bulkfetch'],
  ['POST', '/comment/list'],
  ['GET', '/attachment/content/\\d+'],
  ['GET', `${issue}(/(changelog|comment(/\\d+)?|worklog(/\\d+)?|watchers|remotelink))?`],
  ['PUT', `${issue}(/(comment|worklog)/\\d+)?`],
  ['POST', `${issue}/(comment|worklog|attachments|remotelink|watchers)`],
  ['POST', '/issueLink'],
  ['DELETE', `${issue}/((comment|worklog)/\\d+|remotelink|watchers)`],
  ['DELETE', '/(attachment|issueLink)/\\d+'],
]

/** The address of a request on this very origin; null where it is none that a repair makes. */
export function addressOf(method: string, path: string, origin: string): URL | null {
  const [plain = '', query] = path.split('?', 2)
  const api = '/rest/api/3'
  const fits = known.some(
    ([verb, shape]) => verb === method && new RegExp(`^${api}${shape}$`).test(plain),
  )
  if (!fits || path.includes('#')) return null
  const address = new URL(plain, origin)
  if (address.origin !== origin || address.pathname !== plain) return null
  address.search = query ?? ''
  return address
}

/** As long as the agent waits for an answer; a file takes its time. */
const withinMs = 60_000
const fileMs = 300_000

/**
 * Makes the requests of repairs that a person began, on the page's own origin and with the login of whoever sits
 * before it. They come from the background alone: pages cannot send messages to our script.
 */
export function servePageRequests(signal: AbortSignal): void {
  let parts: { id: number; bytes: Uint8Array<ArrayBuffer>[] } = { id: 0, bytes: [] }
  const stop = onAsked((message) => {
    if (!isPageAsk(message)) return undefined
    if (message.repair === 'file') {
      if (parts.id !== message.id || message.from === 0) parts = { id: message.id, bytes: [] }
      parts.bytes.push(bytesOf(message.part))
      return Promise.resolve(true)
    }
    const { bytes } = parts.id === message.request.id ? parts : { bytes: [] }
    parts = { id: 0, bytes: [] }
    return make(message.request, bytes)
  })
  signal.addEventListener('abort', stop)
}

const isPageAsk = (message: unknown): message is PageAsk =>
  typeof message === 'object' && message !== null && 'repair' in message

async function make(
  { id, method, path, body, file, bytes }: PageRequest,
  parts: Uint8Array<ArrayBuffer>[],
): Promise<PageAnswer> {
  const answer = { id, status: 0, headers: {}, body: '', error: null }
  const address = addressOf(method, path, location.origin)
  if (!address) return { ...answer, error: problemWords.notARepair }
  try {
    const got = await fetch(address, {
      method,
      headers: {
        accept: bytes ? '*/*' : 'application/json',
        ...(file ? { 'X-Atlassian-Token': 'no-check' } : {}),
        ...(body === null ? {} : { 'Content-Type': 'application/json' }),
      },
      body: file ? form(file, parts) : body,
      redirect: 'error',
      signal: AbortSignal.timeout(file || bytes ? fileMs : withinMs),
    })
    return {
      ...answer,
      status: got.status,
      // Only what the agent paces itself by; cookies are none of its business.
      headers: Object.fromEntries(
        [...got.headers].filter(([name]) => /^(retry-after|x-ratelimit|ratelimit)/i.test(name)),
      ),
      body: bytes && got.ok ? base64(new Uint8Array(await got.arrayBuffer())) : await got.text(),
    }
  } catch (error) {
    return { ...answer, error: error instanceof Error ? error.message : String(error) }
  }
}

function form(
  file: { name: string; type: string; size: number },
  parts: Uint8Array<ArrayBuffer>[],
) {
  const blob = new Blob(parts, { type: file.type })
  if (blob.size !== file.size) throw new Error('The file did not come over whole.')
  const data = new FormData()
  data.append('file', blob, file.name)
  return data
}

const bytesOf = (part: string) => Uint8Array.from(atob(part), (one) => one.charCodeAt(0))

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += 0x8000)
    text += String.fromCharCode(...bytes.subarray(from, from + 0x8000))
  return btoa(text)
}
