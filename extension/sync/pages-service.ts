/** What is known of pages that are about more than one issue; part of the overlay's one answer a screen. */
import { type Agent, projectVerdict } from '../agent-client.ts'
import * as pages from '../agent-pages.ts'
import type { Preferences } from '../settings.ts'
import type { OverlayAnswer, ScreenAnswer, Subject } from './overlay-calls.ts'

/** The agent takes so many keys a question (shared/api-pages.ts). */
const mostMarks = 500

/** What is known of a page that is about more than one issue. */
export async function answerToPage(
  agent: Agent,
  site: string,
  subject: Exclude<Subject, { kind: 'issue' | 'project' }>,
): Promise<OverlayAnswer> {
  switch (subject.kind) {
    case 'board': {
      const { board, project } = subject
      const [view, known] = await Promise.all([
        pages.pageCounts(agent, site, { board }),
        project === null ? null : projectVerdict(agent, site, project),
      ])
      if (view.migration !== null) return { state: 'board', view, project: known }
      return known?.migration ? { state: 'project', view: known } : { state: 'off' }
    }
    case 'filter': {
      const view = await pages.pageCounts(agent, site, { filter: subject.filter })
      if (view.migration === null) return { state: 'off' }
      const jql = view.jql?.includes('(migrated')
        ? await pages.pageJql(agent, site, view.jql)
        : null
      return { state: 'filter', view, jql: jql?.names.length ? jql : null }
    }
    case 'people': {
      const view = await pages.pagePeople(agent, site)
      return view.migration === null ? { state: 'off' } : { state: 'people', view }
    }
    case 'jql': {
      const view = await pages.pageJql(agent, site, subject.jql)
      return view.names.length === 0 ? { state: 'off' } : { state: 'jql', view }
    }
  }
}

/**
 * The marks of a screen; none where they are switched off. An agent that cannot be asked is told by the answer
 * to the screen itself, so nothing more is said here.
 */
export async function marksOf(
  agent: Agent,
  site: string,
  keys: readonly string[],
  { overlay, overlayOn }: Preferences,
): Promise<ScreenAnswer['marks']> {
  if (!overlay || !overlayOn.lists || keys.length === 0) return []
  try {
    return (await pages.marks(agent, site, keys.slice(0, mostMarks))).marks
  } catch (error) {
    console.warn('The marks could not be asked for.', error)
    return []
  }
}
