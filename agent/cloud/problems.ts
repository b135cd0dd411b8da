import { Problem } from '../../shared/problem.ts'
import type { SiteRequest } from './send.ts'
import type { Outcome } from './writing.ts'

/** What a failing answer of the site says, with the status for those who have to tell one from another. */
export class SiteRefusal extends Problem {
  readonly status: number
  /** The fields that the site names, as it names them. */
  readonly fields: string[]
  /** The body as the site gave it, parsed where it was JSON. */
  readonly body: unknown
  constructor(
    answer: { status: number; fields: string[]; body: unknown },
    ...rest: ConstructorParameters<typeof Problem>
  ) {
    super(...rest)
    this.status = answer.status
    this.fields = answer.fields
    this.body = answer.body
  }
}

type Asked = Pick<SiteRequest, 'method' | 'template'>
const endpoint = ({ method, template }: Asked) => `${method} ${template}`

/** A failing answer as a Problem. text: the body as it came. */
export function problemOfAnswer(status: number, text: string, asked: Asked): SiteRefusal {
  const body = parsed(text)
  const { words, fields } = wordsOf(body)
  const said = words ? `: ${words}` : '.'
  const make = (...rest: ConstructorParameters<typeof Problem>) =>
    new SiteRefusal({ status, fields, body }, ...rest)
  if (status === 401)
    return make('site-token-refused', `The site no longer accepts the API token${said}`, {
      hint: 'Make a new API token for this account, give it to the migration and run it again.',
    })
  if (status === 403)
    return make(
      'site-permission-missing',
      `The account may not do this (${endpoint(asked)})${said}`,
      {
        hint: 'Give the account the permission on the site (a Jira administrator has all that is needed), then run the migration again.',
      },
    )
  if (status >= 500)
    return make('site-unreachable', `The site failed with ${status} at ${endpoint(asked)}${said}`, {
      hint: 'Try again later; if it stays so, look at status.atlassian.com.',
      again: true,
    })
  return make('site-refused', `The site refused this (${status})${said}`, {
    hint: 'Fix what the site names, then run the migration again.',
  })
}

/** A success whose answer cannot be read: what was asked for has probably happened, so the site must be asked. */
export function unreadAnswer(asked: Asked, why: string): Problem {
  return new Problem(
    'site-answer-unexpected',
    `The answer of the site to ${endpoint(asked)} was not understood: ${why}`,
    {
      hint: 'Is this the address of a Jira Cloud site, and is no proxy between? If so, please report this with the error log.',
      again: true,
    },
  )
}

/** No answer came, and for a write it is not known whether it arrived. */
export function problemOfNetwork(error: unknown, asked: Asked): Problem {
  if (error instanceof Problem) return error
  const broken = fateOf(error) === 'broken'
  return new Problem('site-unreachable', `${describeNetworkError(error)} (${endpoint(asked)})`, {
    hint: broken
      ? 'Look at the address, and at a proxy or certificate on the way to the site.'
      : 'Look at the network and at status.atlassian.com, then run the migration again.',
    again: !broken,
    cause: error,
  })
}

/** The failed outcome of one element; only for what the site itself refused. */
export function failed(problem: Problem): Outcome {
  return {
    ok: false,
    code: problem.code,
    text: problem.message,
    hint: problem.hint,
    again: problem.again,
  }
}

/** Not JSON: a page of some proxy or of Atlassian's edge, whose markup says nothing to a person. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A site's error body ({errorMessages, errors}, or {message}) as one sentence of its own words. */
export function wordsOf(body: unknown): { words: string; fields: string[] } {
  const { errorMessages, errors, message, errorMessage } = record(body)
  const general = [
    ...(Array.isArray(errorMessages) ? errorMessages : []),
    ...(Array.isArray(errors) ? errors.map((one) => record(one).message ?? one) : []),
    message,
    errorMessage,
  ].filter((one) => typeof one === 'string' && one !== '')
  const named = Array.isArray(errors) ? [] : Object.entries(record(errors))
  const all = [...general, ...named.map(([field, said]) => `${field}: ${String(said)}`)]
  // Long enough for every field of an issue; a whole stack trace helps nobody.
  const words = all
    .map((one) =>
      String(one)
        .trim()
        .replace(/[.;\s]+$/, ''),
    )
    .join('; ')
  return {
    words: words ? `${words.slice(0, 600)}.` : '',
    fields: named.map(([field]) => field),
  }
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** 'never left': safe to send again. 'unknown': it may have landed. 'broken': no waiting will help. */
export type Fate = 'never left' | 'unknown' | 'broken'

const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
])
const unknown = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'REQUEST_TIMEOUT',
])

export function fateOf(error: unknown): Fate {
  const code = codeOf(error)
  if (neverLeft.has(code)) return 'never left'
  return unknown.has(code) ? 'unknown' : 'broken'
}

/** The innermost code of an error and its causes; with several addresses tried, that of the first. */
function codeOf(error: unknown): string {
  let code = ''
  for (let one = error, depth = 0; one instanceof Error && depth < 5; depth++) {
    if ('code' in one && typeof one.code === 'string') code = one.code
    one = one.cause ?? (one instanceof AggregateError ? one.errors[0] : undefined)
  }
  return code
}

/** One sentence for a person; codes are kept for those who search for them. */
export function describeNetworkError(error: unknown): string {
  const code = codeOf(error)
  const words: Record<string, string> = {
    ECONNREFUSED: 'nothing listens there',
    ENOTFOUND: 'its name is not known; is the address right and the network up?',
    EAI_AGAIN: 'names cannot be looked up; is the network up?',
    EHOSTUNREACH: 'there is no way to it',
    ENETUNREACH: 'there is no network',
    UND_ERR_CONNECT_TIMEOUT: 'no connection within 10 s',
    REQUEST_TIMEOUT: 'it takes too long',
    UND_ERR_HEADERS_TIMEOUT: 'it takes too long',
    UND_ERR_BODY_TIMEOUT: 'it stopped in the middle of the answer',
    ECONNRESET: 'the connection broke',
    UND_ERR_SOCKET: 'the connection broke',
    EPIPE: 'the connection broke',
  }
  const why = words[code] ?? (error instanceof Error ? error.message : String(error))
  return `The site does not answer: ${why}${code ? ` (${code}).` : '.'}`
}
