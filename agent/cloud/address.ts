import { Problem } from '../../shared/problem.ts'
import type { Send } from './send.ts'

const hint = 'The address of a site looks like https://acme.atlassian.net.'

/**
 * The address a person gave, as the client needs it: without path, query or trailing slash (people paste
 * the address of a board or of an issue). Only https, or http on this machine, since the token goes there.
 */
export function siteAddress(text: string): URL {
  const given = text.trim()
  let url: URL
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`)
  } catch (error) {
    throw new Problem('usage', `"${given}" is not the address of a site.`, { hint, cause: error })
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url)))
    throw new Problem(
      'usage',
      `The site's address must begin with https://, but is ${url.origin}.`,
      {
        hint: `${hint} Without encryption anybody on the way could read the API token.`,
      },
    )
  return new URL(url.origin)
}

export const isLoopback = (url: URL) =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname) || url.hostname.endsWith('.localhost')

/** The Basic credentials of an account and its API token. Throws Problem for what no header can carry. */
export function basicAuthorization(email: string, token: string): string {
  const secret = token.trim()
  // Tokens are printable ASCII: anything else was pasted by mistake (a whole file, a masked field).
  if (!/^[\x21-\x7e]+$/.test(secret))
    throw new Problem('site-token-refused', 'This is not an API token.', {
      hint: 'Copy the token once more from id.atlassian.com: it is one word without spaces.',
    })
  return `Basic ${Buffer.from(`${email.trim()}:${secret}`, 'utf8').toString('base64')}`
}

/**
 * Takes the credentials out of what a failing answer says: its words are shown to people and stand in
 * logs, and some proxies give back the request that they refuse.
 */
export function withoutSecrets(send: Send, authorization: string): Send {
  const encoded = authorization.replace(/^Basic /, '')
  const token = Buffer.from(encoded, 'base64')
    .toString('utf8')
    .replace(/^[^:]*:/, '')
  return async (request, signal) => {
    const answer = await send(request, signal)
    if (answer.status < 300) return answer
    return { ...answer, text: answer.text.replaceAll(encoded, '•••').replaceAll(token, '•••') }
  }
}
