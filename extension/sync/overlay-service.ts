/** The background's side of the overlay: who may ask, about which site, and what is answered. */
import type * as client from '../agent-client.ts'
import { issueVerdict, projectVerdict } from '../agent-client.ts'
import * as pages from '../agent-overlay.ts'
import { sitesLike } from '../cache/questions.ts'
import { openTab, type Sender } from '../platform.ts'
import { notPaired, unknownSite, viewOf } from '../problems.ts'
import { type OverlayFeature, type Preferences, readAgent, readPreferences } from '../settings.ts'
import type { CallName } from './calls.ts'
import type { AtSite, OverlayAnswer, OverlayCalls, ScreenAnswer, Subject } from './overlay-calls.ts'
import { answerToPage, marksOf } from './pages-service.ts'

type Handlers = {
  [Name in keyof OverlayCalls]: (
    ask: OverlayCalls[Name]['ask'],
    sender: Sender,
  ) => Promise<OverlayCalls[Name]['answer']>
}

/** The only calls that a page of the web (through our script in it) may make. */
export const fromTheWeb: ReadonlySet<CallName> = new Set<CallName>([
  'screen',
  'original',
  'history',
  'openMigration',
  'projectPage',
  'projectPlaces',
  'peoplePlaces',
  'projectRun',
  'projectTick',
  'projectSign',
  'projectWithdraw',
  'moved',
  'closeMoved',
  'repairLinks',
  'repairPreview',
  'repairBegin',
  'repairUndo',
  'repairList',
  'repairStop',
])

/**
 * The handlers of the overlay's messages.
 * @param agent the agent with its token; throws when there is none
 */
export function overlayHandlers(agent: () => Promise<client.Agent>): Handlers {
  return {
    screen: async ({ subject, keys, ...at }, sender) => {
      const preferences = await readPreferences()
      const nothing: ScreenAnswer = {
        answer: { state: 'off' },
        marks: [],
        pillAt: preferences.pillAt,
      }
      const site = siteOf(at, sender)
      const { token, address } = await readAgent()
      // Whoever never paired has not asked to be told anything here.
      if (token === null || site === null || !(await mayAsk(site))) return nothing
      const asked = { address, token }
      const about = subject && wantedOf(preferences, subject, sender)
      const [answer, marks] = await Promise.all([
        about ? answerTo(asked, site, about) : nothing.answer,
        marksOf(asked, site, keys, preferences),
      ])
      return { ...nothing, answer, marks }
    },
    original: async ({ issue, ...at }, sender) =>
      pages.original(await agent(), await knownSite(at, sender), issue),
    history: async ({ issue, after, ...at }, sender) =>
      pages.history(await agent(), await knownSite(at, sender), issue, after),
    openMigration: async ({ hash }) => {
      // A place of the dashboard, and never another page.
      await openTab(hash.startsWith('#/') ? hash : '#/')
      return null
    },
  }
}

/** The switch of each kind of page. */
const features: Record<Subject['kind'], OverlayFeature> = {
  issue: 'issues',
  project: 'projects',
  board: 'boards',
  filter: 'filters',
  people: 'people',
  jql: 'jql',
}

/**
 * What is to be told of a page: nothing where it is switched off; a board of a project is also a page of that
 * project. The switches are about the pages of the site; our own pages show what they were opened for.
 */
function wantedOf(
  { overlay, overlayOn }: Preferences,
  subject: Subject,
  sender: Sender,
): Subject | null {
  if (sender.own) return subject
  if (!overlay) return null
  if (overlayOn[features[subject.kind]]) return subject
  if (subject.kind !== 'board' || subject.project === null || !overlayOn.projects) return null
  return { kind: 'project', project: subject.project }
}

async function answerTo(
  agent: client.Agent,
  site: string,
  subject: Subject,
): Promise<OverlayAnswer> {
  try {
    switch (subject.kind) {
      case 'issue':
        return { state: 'issue', view: await issueVerdict(agent, site, subject.issue) }
      case 'project':
        return { state: 'project', view: await projectVerdict(agent, site, subject.project) }
      default:
        return await answerToPage(agent, site, subject)
    }
  } catch (error) {
    return { state: 'problem', problem: viewOf(error) }
  }
}

/** The site is the origin the browser vouches for, never what the page's script says it is. */
export function siteOf({ site }: AtSite, sender: Sender): string | null {
  if (!sender.own) return sender.origin
  return site !== undefined && URL.canParse(site) ? new URL(site).origin : null
}

/** The site that is asked about; throws where nothing may be asked. */
export async function knownSite(at: AtSite, sender: Sender): Promise<string> {
  const site = siteOf(at, sender)
  if ((await readAgent()).token === null) throw notPaired()
  if (site === null || !(await mayAsk(site))) throw unknownSite()
  return site
}

/** Every Jira Cloud site is asked about; of the pages on this machine only a practice site we know. */
async function mayAsk(site: string): Promise<boolean> {
  const { protocol, hostname } = new URL(site)
  if (protocol === 'https:' && hostname.endsWith('.atlassian.net')) return true
  return (await sitesLike(site)).some((url) => new URL(url).origin === site)
}
