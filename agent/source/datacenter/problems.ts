import { Problem } from '../../../shared/problem.ts'
import { list, record, text } from './shapes.ts'

/** A failing answer of the source, with the status for those who have to tell one from another. */
export class SourceRefusal extends Problem {
  readonly status: number
  constructor(status: number, ...rest: ConstructorParameters<typeof Problem>) {
    super(...rest)
    this.status = status
  }
}

/** An answer larger than is taken at once: fewer issues are asked for then. */
export class AnswerTooLarge extends Problem {
  constructor(host: string, path: string, bytes: number) {
    super(
      'source-answer-unexpected',
      `The answer of ${host} to ${path} has more than ${Math.round(bytes / 1024 ** 2)} MB.`,
      { hint: 'Please report this; a backup of the same Jira can be moved instead.' },
    )
  }
}

export const refusedToken = (host: string, why = ''): SourceRefusal =>
  new SourceRefusal(401, 'source-token-refused', `${host} does not accept the token${why}.`, {
    hint: 'Make a personal access token in Jira (your picture, Profile, Personal access tokens) and look whether it has expired. Before Jira 8.14 there are none: give a user name and its password instead.',
  })

const captcha = (host: string): Problem =>
  new Problem(
    'source-token-refused',
    `${host} wants a CAPTCHA from this user after too many wrong passwords.`,
    {
      hint: 'Log in to Jira in the browser once as this user (or let an administrator reset the failed logins), then try again with a personal access token.',
    },
  )

export interface Failed {
  host: string
  path: string
  status: number
  headers: Readonly<Record<string, string>>
  body: string
}

/** What Jira itself says of an error: its own words, never a page of markup. */
export function wordsOf(body: string): string {
  let parsed: unknown = null
  try {
    parsed = JSON.parse(body)
  } catch {
    // A page of some proxy: its markup says nothing to a person.
    return ''
  }
  const { errorMessages, errors, message } = record(parsed)
  const all = [...list(errorMessages), ...Object.values(record(errors)), message]
  return all
    .flatMap((one) => text(one) ?? [])
    .join('; ')
    .slice(0, 600)
}

/** A failing answer as a Problem. */
export function problemOf({ host, path, status, headers, body }: Failed): Problem {
  const said = wordsOf(body)
  const words = said ? `: ${said}` : ''
  if (/CAPTCHA_CHALLENGE/i.test(headers['x-authentication-denied-reason'] ?? ''))
    return captcha(host)
  if (status === 401) return refusedToken(host, words)
  if (status === 403)
    return new SourceRefusal(
      status,
      'source-permission-missing',
      `${host} does not allow this account to read ${path}${words}.`,
      { hint: 'Use the token of a Jira administrator, who can see all projects.' },
    )
  if (status >= 500)
    return new SourceRefusal(
      status,
      'source-unreachable',
      `${host} failed with ${status} at ${path}${words}.`,
      { hint: 'Look at Jira’s own log, then try again.', again: true },
    )
  return new SourceRefusal(
    status,
    'source-answer-unexpected',
    `${host} refused ${path} with ${status}${words}.`,
    { hint: 'Please report this with the version of Jira; nothing was written anywhere.' },
  )
}

/** The source sends somewhere else; a token never goes there. */
export function redirected(host: string, to: string | undefined, base: URL): Problem {
  const target = to !== undefined && URL.canParse(to, base) ? new URL(to, base) : null
  if (target?.origin === base.origin && /login/i.test(target.pathname)) return refusedToken(host)
  const where = target ? ` to ${target.host}` : ''
  return new Problem(
    'source-not-jira',
    `${host} sends on${where} instead of answering; the token was not sent there.`,
    {
      hint: 'If Jira has moved, give its new address; if a login page stands before it, give the address behind that, where Jira itself answers.',
    },
  )
}

export const notJira = (host: string, why: string, cause?: unknown): Problem =>
  new Problem('source-not-jira', `There is no Jira at this address of ${host}: ${why}.`, {
    hint: 'Open the address in the browser. A Jira that stands under a path wants it in the address, as https://acme.com/jira.',
    cause,
  })

/** Codes of Node and OpenSSL for a certificate that is not trusted. */
const certificates: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it has signed its certificate itself',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate comes from an authority that this machine does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate comes from an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate comes from an authority that this machine does not know',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'names cannot be looked up',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within 10 s',
  UND_ERR_HEADERS_TIMEOUT: 'it takes too long',
  UND_ERR_BODY_TIMEOUT: 'it stopped in the middle of the answer',
}

/** No answer came. final: no waiting will help. */
export function networkProblem(host: string, error: unknown): { problem: Problem; final: boolean } {
  const code = codeOf(error)
  const certificate = certificates[code]
  const why =
    certificate ??
    reasons[code] ??
    (isTimeout(error)
      ? 'it takes too long'
      : error instanceof Error
        ? error.message
        : String(error))
  const hint = certificate
    ? 'Start the agent with NODE_EXTRA_CA_CERTS=FILE, where FILE holds the certificate (PEM) of the authority or of the server itself. Landfall never goes on with a certificate that it cannot check.'
    : 'Look whether Jira runs and this machine reaches it (VPN, firewall), then try again.'
  const problem = new Problem('source-unreachable', `${host} does not answer: ${why}.`, {
    hint,
    again: !certificate,
    cause: error,
  })
  return { problem, final: certificate !== undefined || /wrong version number/i.test(why) }
}

const isTimeout = (error: unknown) => error instanceof Error && error.name === 'TimeoutError'

function codeOf(error: unknown): string {
  let code = ''
  for (let one = error, depth = 0; one instanceof Error && depth < 5; depth++) {
    if ('code' in one && typeof one.code === 'string') code = one.code
    one = one.cause ?? (one instanceof AggregateError ? one.errors[0] : undefined)
  }
  return code
}
