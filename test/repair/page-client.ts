import { addressOf } from '../../extension/overlay/repair/page.ts'
import type { PageAnswer, PageTurn } from '../../shared/api-repair.ts'
import type { worldOf } from './world.ts'

/** A page of the site, logged in by its cookie: makes the agent's requests on its own origin until told to stop. */
export async function logIn(siteUrl: string) {
  const page = await fetch(`${siteUrl}/jira/projects`)
  const cookie = (page.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const made: string[] = []
  return {
    /** The requests that went through the page, in order. */
    made,
    async serve(
      ask: ReturnType<typeof worldOf>['ask'],
      api: (path: string) => Promise<Response>,
      id: string,
      over: () => boolean,
    ): Promise<void> {
      let answer: PageAnswer | null = null
      for (;;) {
        const turn: PageTurn = await ask('POST', `/api/migrations/${id}/page/turn`, { answer })
        answer = turn.request ? await make(turn.request) : null
        if (!turn.request && !turn.open) {
          if (over()) return
          await new Promise((later) => setTimeout(later, 20))
        }
      }

      async function make(request: NonNullable<PageTurn['request']>): Promise<PageAnswer> {
        const { method, path, body, file, bytes } = request
        const address = addressOf(method, path, siteUrl)
        if (!address) throw new Error(`The page would not do ${method} ${path}.`)
        made.push(`${method} ${path.split('?')[0]}`)
        const form = new FormData()
        if (file) {
          const parts: ArrayBuffer[] = []
          for (let from = 0; from < file.size; ) {
            const part = await (
              await api(`/api/migrations/${id}/page/file/${request.id}?from=${from}`)
            ).arrayBuffer()
            parts.push(part)
            from += part.byteLength
          }
          form.append('file', new Blob(parts, { type: file.type }), file.name)
        }
        const got = await fetch(address, {
          method,
          headers: {
            cookie,
            origin: siteUrl,
            ...(file ? { 'x-atlassian-token': 'no-check' } : {}),
            ...(body === null ? {} : { 'content-type': 'application/json' }),
          },
          ...(method === 'GET' ? {} : { body: file ? form : body }),
        })
        const text = bytes
          ? Buffer.from(await got.arrayBuffer()).toString('base64')
          : await got.text()
        return { id: request.id, status: got.status, headers: {}, body: text, error: null }
      }
    },
  }
}
