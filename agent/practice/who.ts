import { createHash, timingSafeEqual } from 'node:crypto'

/** The name of the cookie by which the site's own pages are logged in. */
export const sessionCookie = 'cloud.session.token'

export interface Secrets {
  email: string
  token: string
  session: string
}
export type Who = 'admin' | 'session' | 'anonymous' | 'wrong'

/** Compares without telling by the time how much was right. */
function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

/**
 * Tells who asks: the holder of the token, a logged-in page, nobody, or someone with a wrong token,
 * who is refused even where nobody is let in.
 */
export function whoAsks(request: Request, secrets: Secrets): Who {
  const authorization = request.headers.get('authorization')
  if (authorization !== null) {
    const [scheme, value = ''] = authorization.split(' ')
    if (scheme?.toLowerCase() !== 'basic') return 'wrong'
    const [email = '', ...rest] = Buffer.from(value, 'base64').toString().split(':')
    const right = same(email.toLowerCase(), secrets.email) && same(rest.join(':'), secrets.token)
    return right ? 'admin' : 'wrong'
  }
  const cookie = (request.headers.get('cookie') ?? '')
    .split(/;\s*/)
    .find((each) => each.startsWith(`${sessionCookie}=`))
  return cookie && same(cookie.slice(sessionCookie.length + 1), secrets.session)
    ? 'session'
    : 'anonymous'
}

/** A browser's session may write only from the site's own pages; Jira answers others with this text. */
export function crossSite(request: Request, base: string): boolean {
  return request.method !== 'GET' && request.headers.get('origin') !== base
}

/** Endpoints that the documents open to everyone. */
export const open = new Set([
  'GET /rest/api/3/serverInfo',
  'GET /_edge/tenant_info',
  'GET /media/file/{file}/binary',
])
