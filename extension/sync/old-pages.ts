/** The background's side of pages of an old server. */
import type { Agent } from '../agent-client.ts'
import { moved } from '../agent-pages.ts'
import { serverOf } from '../old-servers.ts'
import { inSession, keepInSession, type Sender } from '../platform.ts'
import { readPreferences } from '../settings.ts'
import type { PagesCalls } from './pages-calls.ts'

const closedIn = (tabId: number) => `oldPagesClosed:${tabId}`

/**
 * Where the issue or project of a page went. null: switched off, closed in this tab, a page of no server that
 * the person named, or not moved.
 * @param address the page's own; only its path is believed, the browser says which server it is
 */
export async function movedFrom(
  agent: Agent,
  address: string,
  { own, origin, tabId }: Sender,
): Promise<PagesCalls['moved']['answer']> {
  const { overlay, overlayOn } = await readPreferences()
  if (own || !overlay || !overlayOn.oldPages || !URL.canParse(address)) return null
  if (origin === null || new URL(address).origin !== origin) return null
  if (typeof tabId === 'number' && (await inSession(closedIn(tabId)))) return null
  const server = await serverOf(address)
  const what = server === null ? null : subjectOf(new URL(address).href.slice(server.length))
  if (server === null || what === null) return null
  const view = await moved(agent, server, what)
  if (view.migration === null || view.url === null) return null
  return { ...view, subject: 'issue' in what ? what.issue : what.project }
}

export async function closeIn({ tabId }: Sender): Promise<null> {
  if (typeof tabId === 'number') await keepInSession(closedIn(tabId))
  return null
}

/** /browse/PAY-1, /browse/PAY, /projects/PAY…, as Jira Server and Data Center have them. */
function subjectOf(path: string): { issue: string } | { project: string } | null {
  const [, issue] =
    /^\/(?:browse|projects\/[A-Z][A-Z0-9_]*\/issues)\/([A-Z][A-Z0-9_]*-\d+)(?:[/?#]|$)/.exec(
      path,
    ) ?? []
  if (issue !== undefined) return { issue }
  const [, project] = /^\/(?:browse|projects)\/([A-Z][A-Z0-9_]*)(?:[/?#]|$)/.exec(path) ?? []
  return project === undefined ? null : { project }
}
