import * as v from 'valibot'
import { Problem } from '../../shared/problem.ts'
import { basicAuthorization, isLoopback, siteAddress, withoutSecrets } from './address.ts'
import { createSiteClient, read, type SiteClient } from './client.ts'
import { type Clock, realClock } from './clock.ts'
import type { SiteMending } from './mending.ts'
import { createPauses, type SitePause } from './pauses.ts'
import { SiteRefusal } from './problems.ts'
import { type SiteProperties, siteProperties } from './properties.ts'
import type { SiteReading } from './reading.ts'
import type { Send } from './send.ts'
import { createTransport, type Transport } from './transport.ts'
import { type Usage, withUsage } from './usage.ts'
import { createLatency } from './with-latency.ts'
import { type RequestLine, withLog } from './with-log.ts'
import { withPace } from './with-pace.ts'
import { withRetry } from './with-retry.ts'
import type { SiteWriting } from './writing.ts'

export interface ConnectOptions {
  url: string
  email: string
  token: string
  /** Aborts whatever waits or is under way; calls then reject with its reason. */
  signal: AbortSignal
  /** The reason for which requests wait at this moment; null when none does. */
  onPause(reason: SitePause | null, sentence: string | null): void
  /** One line for each request that left. */
  onRequest?(line: RequestLine): void
  /** An answer that the published shapes do not describe: where, never what. */
  onDrift?(line: { method: string; path: string; where: string[] }): void
  /** 'off' keeps no pace of its own; it takes effect on this machine only. */
  pace?: 'documented' | 'off'
  /** Another way to the site, which logs in by itself: then e-mail address and token are not used. */
  transport?: Transport
  /** Where scoped tokens are good; for tests. */
  gateway?: string
  clock?: Clock
}

export interface Connection {
  read: SiteReading
  write: SiteWriting
  properties: SiteProperties
  mend: SiteMending
  usage: Usage
  close(): Promise<void>
}

const gateway = 'https://api.atlassian.com/ex/jira/'
const Tenant = v.object({ cloudId: v.pipe(v.string(), v.minLength(1)) })
const Me = v.object({ accountId: v.string(), displayName: v.string() })

/**
 * Connects to a site and asks at once who we are, so that a wrong token is known before anything begins.
 * Tokens with scopes are refused by the site itself and good at Atlassian's gateway only, so that is
 * tried second. An unreachable site is waited for, with onPause, until the signal aborts.
 */
export async function connectSite(options: ConnectOptions): Promise<Connection> {
  const url = siteAddress(options.url)
  const authorization = options.transport ? null : basicAuthorization(options.email, options.token)
  const local = isLoopback(url)
  const clock = options.clock ?? realClock
  const pauses = createPauses(options.onPause)
  const transports: Transport[] = []
  const usages: Usage[] = []
  const latency = createLatency(clock)
  let requests = 0

  function client(base: URL, credentials: string | null): SiteClient {
    const transport = options.transport ?? createTransport(base, credentials)
    transports.push(transport)
    const sent = latency.watch((request, signal) => transport.send(request, signal))
    const counted: Send = (request, signal) => {
      requests++
      return sent(request, signal)
    }
    const used = withUsage(counted, clock)
    usages.push(used)
    const masked = credentials === null ? used.send : withoutSecrets(used.send, credentials)
    const logged = withLog(masked, clock, options.onRequest ?? (() => {}))
    const rates = local && options.pace === 'off' ? 'off' : 'documented'
    const paced = withPace(logged, { clock, pauses, rates })
    const send = withRetry(paced, { clock, pauses })
    return createSiteClient({
      send,
      signal: options.signal,
      ...(options.onDrift ? { onDrift: options.onDrift } : {}),
    })
  }

  const close = async () => {
    await Promise.all(transports.map((transport) => transport.close()))
  }

  try {
    const tenant = once(() => tenantOf(client(url, null)))
    let site = client(url, authorization)
    let me = await whoAmI(site)
    if (!me && authorization !== null && (!local || options.gateway !== undefined)) {
      const { cloudId } = await tenant()
      site = client(new URL((options.gateway ?? gateway) + cloudId), authorization)
      me = await whoAmI(site)
    }
    if (!me) throw authorization === null ? loggedOut(url) : refusedToken(url)
    const { createReading, createWriting, createMending } = await endpoints()
    const known = { url: url.origin, me, cloudId: async () => (await tenant()).cloudId }
    return {
      read: createReading(site, known, { requests: () => requests, latencyMs: latency.median }),
      write: createWriting(site),
      properties: siteProperties(site),
      mend: createMending(site, me.accountId),
      usage: { share: () => Math.max(0, ...usages.map((one) => one.share())) },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * What speaks through jira.js's functions, loaded at the first connection: its more than a thousand modules take a
 * second to load and 80 MB to keep, which an agent that waits, or a command that needs no site, does not spend.
 */
async function endpoints() {
  const [reading, writing, mending] = await Promise.all([
    import('./reading-site.ts'),
    import('./writing-site.ts'),
    import('./mending-site.ts'),
  ])
  return { ...reading, ...writing, ...mending }
}

/** null where the credentials are not accepted. */
async function whoAmI(client: SiteClient): Promise<v.InferOutput<typeof Me> | null> {
  try {
    const answer = await client.sendRequest({ url: '/rest/api/3/myself', method: 'GET' })
    return read(Me, answer, 'GET /rest/api/3/myself')
  } catch (error) {
    if (!(error instanceof SiteRefusal)) throw error
    if (error.status === 401 || error.status === 403) return null
    if (error.status === 404) throw notJira(error)
    throw error
  }
}

/** Every Jira Cloud site tells its id to anybody, without credentials. */
async function tenantOf(client: SiteClient): Promise<v.InferOutput<typeof Tenant>> {
  try {
    const answer = await client.sendRequest({ url: '/_edge/tenant_info', method: 'GET' })
    return read(Tenant, answer, 'GET /_edge/tenant_info')
  } catch (error) {
    if (error instanceof SiteRefusal && error.status < 500) throw notJira(error)
    throw error
  }
}

const refusedToken = (url: URL) =>
  new Problem(
    'site-token-refused',
    `${url.origin} does not accept this e-mail address and API token.`,
    {
      hint: 'Make an API token at id.atlassian.com (Security, API tokens) while logged in as this account, and look whether the token has expired and the account has access to the site. A password does not work.',
    },
  )

const loggedOut = (url: URL) =>
  new Problem('site-permission-missing', `Nobody is logged in on the page of ${url.host}.`, {
    hint: 'Log in on the site as an administrator, and try again.',
  })

const notJira = (cause: unknown) =>
  new Problem('site-answer-unexpected', 'There is no Jira Cloud site at this address.', {
    hint: 'The address of a site looks like https://acme.atlassian.net; open it in the browser to see whether Jira is there.',
    cause,
  })

/** Asks once and remembers; a failure is not remembered. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | null = null
  return () => {
    known ??= ask().catch((error) => {
      known = null
      throw error
    })
    return known
  }
}

/** What a client says of a site that is away, where it is not waited for: without that it is tried again. */
export const untried = (sentence: string | null): string | null =>
  sentence === null ? null : sentence.replace(/ Trying again in \d+ s\.$/, '')
