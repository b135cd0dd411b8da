import { randomInt, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ProblemView } from '../shared/problem.ts'
import { knowsClient } from './ledger/clients.ts'
import type { LedgerDb } from './ledger/open.ts'

/** No O and 0, no I, L and 1: codes are read from one screen and typed on another. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const goodForMs = 10 * 60_000
/** With 31^8 codes five tries are nothing, and a person who mistypes has four more. */
const triesACode = 5

export interface Pairing {
  /** Makes a new code, which replaces any earlier one, tells it through onCode, and answers it. */
  open(): string
  /** True when this is the code that is good now; it is spent by that. A code that is no good any more gets a successor. */
  take(code: string): boolean
}

/**
 * One-time pairing codes like K7QM-4XRT, good once and for ten minutes; a few wrong tries burn one.
 * @param random a number from 0 up to but not including max
 * @param onCode hears of each code that is made, to print it where only the agent's owner looks
 */
export function createPairing(parts: {
  now?: () => number
  random?: (max: number) => number
  onCode?: (code: string) => void
}): Pairing {
  const { now = Date.now, random = (max: number) => randomInt(max), onCode } = parts
  let good: { code: string; until: number; tries: number } | null = null
  const open = () => {
    const code = Array.from({ length: 8 }, () => letters[random(letters.length)]).join('')
    good = { code, until: now() + goodForMs, tries: 0 }
    const shown = `${code.slice(0, 4)}-${code.slice(4)}`
    onCode?.(shown)
    return shown
  }
  return {
    open,
    take(code) {
      const typed = code.trim().toUpperCase().replace('-', '')
      if (!good || now() >= good.until) {
        open()
        return false
      }
      if (typed.length === 8 && same(typed, good.code)) {
        good = null
        return true
      }
      good.tries++
      if (good.tries >= triesACode) open()
      return false
    },
  }
}

function same(one: string, other: string): boolean {
  const a = Buffer.from(one)
  const b = Buffer.from(other)
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Who may call at all: see the three guards below, in this order. Answers are the same for each kind of stranger. */
export const guard = (db: LedgerDb, port: () => number): MiddlewareHandler[] => [
  secureHeaders,
  ownAddressOnly(port),
  sizeLimit,
  pairedOnly(db),
]

const smallBodies = bodyLimit({ maxSize: 1024 * 1024, onError: (c) => refuse(c, 413, tooBig) })

/** 32 MB hold a mapping of a quarter of a million people. */
const tables = bodyLimit({
  maxSize: 32 * 1024 * 1024,
  onError: (c) => refuse(c, 413, { ...tooBig, sentence: 'The table is larger than 32 MB.' }),
})

/** An upload is read as a stream, which keeps its own limit; tables of people and what a page hands over can be long. */
const sizeLimit: MiddlewareHandler = (c, next) => {
  if (['/api/sources/upload', '/api/mappings/upload'].includes(c.req.path)) return next()
  return /\/(people\.csv|page\/turn)$/.test(c.req.path) ? tables(c, next) : smallBodies(c, next)
}

/** Nothing that the agent answers is kept by caches, sniffed, framed, or may load anything. */
const secureHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  const html = c.res.headers.get('content-type')?.startsWith('text/html')
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Cache-Control', 'no-store')
  c.header('Referrer-Policy', 'no-referrer')
  c.header('X-Frame-Options', 'DENY')
  c.header('Cross-Origin-Resource-Policy', 'same-origin')
  // The report is one file without scripts; its style sheet stands inside it.
  c.header(
    'Content-Security-Policy',
    `default-src 'none'; ${html ? "style-src 'unsafe-inline'; " : ''}base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  )
}

/**
 * A page that rebinds its own name to 127.0.0.1 still sends that name as Host. Pages' own calls carry an
 * http Origin; the extension's carry none or an extension's. There are no CORS headers, so a preflight fails.
 */
const ownAddressOnly =
  (port: () => number): MiddlewareHandler =>
  async (c, next) => {
    const host = c.req.header('host')?.toLowerCase()
    const own = [`127.0.0.1:${port()}`, `localhost:${port()}`]
    if (!host || !own.includes(host)) return refuse(c, 403, strangeAddress)
    if (c.req.method === 'OPTIONS') return refuse(c, 403, webPage)
    if (/^(https?:|null)/i.test(c.req.header('origin') ?? '')) return refuse(c, 403, webPage)
    return next()
  }

const open = new Set(['GET /api/about', 'POST /api/pair'])
/** Apps' own handlers are no paired clients: each shows the token of its transfer, which the door itself checks. */
const handlerDoor = '/rest/atlassian-connect/1/migration/'

const pairedOnly =
  (db: LedgerDb): MiddlewareHandler =>
  async (c, next) => {
    if (open.has(`${c.req.method} ${c.req.path}`)) return next()
    if (c.req.path.startsWith(handlerDoor)) return next()
    const token = /^Bearer ([\w-]{20,200})$/.exec(c.req.header('authorization') ?? '')?.[1]
    if (!token || !(await knowsClient(db, token))) return refuse(c, 401, notPaired)
    return next()
  }

const refuse = (c: Context, status: 401 | 403 | 413, problem: ProblemView) =>
  c.json({ problem }, status)

const strangeAddress: ProblemView = {
  code: 'usage',
  sentence: 'The agent answers only to its own address.',
  hint: 'Call it as 127.0.0.1 or localhost with the port it printed at its start.',
  again: false,
}
const webPage: ProblemView = {
  code: 'usage',
  sentence: 'Web pages may not call the agent.',
  hint: 'Use the browser extension or the command line.',
  again: false,
}
const notPaired: ProblemView = {
  code: 'not-paired',
  sentence: 'This browser is not paired with the agent.',
  hint: "Enter the pairing code that stands in the agent's window.",
  again: false,
}
const tooBig: ProblemView = {
  code: 'usage',
  sentence: 'The request is larger than 1 MB.',
  hint: 'Backups are read from where they lie; name their path instead.',
  again: false,
}
