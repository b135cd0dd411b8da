import { type BesideList, besideNames } from '../../shared/api-beside.ts'
import { type CheckStatus, checkStatuses } from '../../shared/api-checks.ts'
import { type PlannedList, plannedLists } from '../../shared/api-planned.ts'
import { type SourceList, sourceLists } from '../../shared/api-source.ts'
import { type ItemsOnly, itemsOnly } from '../../shared/api-watch.ts'
import { type Kind, kinds } from '../../shared/plan.ts'
import { type SetupStep, setupSteps } from '../../shared/setup.ts'
import { type Verdict, verdicts } from '../../shared/status.ts'
import { type ListAsk, listAskFrom, listAskTo } from './list-ask.ts'

export const tabs = [
  'overview',
  'includes',
  'apps',
  'checks',
  'attention',
  'after',
  'progress',
  'logs',
] as const
export type Tab = (typeof tabs)[number]
export interface ItemsPlace {
  at: 'items'
  id: string
  kind: Kind | null
  verdict: Verdict | null
  project: string | null
  after: number | null
  /** Only those that were sent to the site, with an announced loss, … */
  only?: ItemsOnly
  /** Only those that one cause took down, by the code of its finding. */
  code?: string
  /** The kind of that finding: then all that failed because its items are not there is meant, too. */
  root?: Kind
}

export interface StrangersPlace {
  at: 'strangers'
  id: string
  kind: Kind | null
  after: number | null
}

/** What a run makes beside the items. */
export interface BesidePlace {
  at: 'beside'
  id: string
  list: BesideList
  after: number | null
}
/** The address of the list behind such a number. */
export const besideHash = (id: string, list: BesideList): string =>
  toHash({ at: 'beside', id, list, after: null })

/** What of the source a number counts. */
export interface SourcePlace {
  at: 'source'
  id: string
  /** 'noted': what a note of the reading counts. */
  list: SourceList | 'noted'
  /** The number of that note. */
  note?: string
  /** Only what this app left or uses. */
  app?: string
  /** Of that, only issues with a value in this custom field. */
  field?: string
  /** Only properties of this bearer. */
  entity?: string
  /** Only rows of this project, or of this issue. */
  project?: string
  issue?: string
  /** Only what stands in this workflow, of this part. */
  workflow?: string
  part?: string
  /** Only issues in scope that name this user of the source. */
  person?: string
  /** Where the number stood, if a list has several such places. */
  from?: string
  /** The rows of this table of the app; without an app, of this kind of rows that is only counted. */
  table?: string
  after: number | null
}
const sourceNarrowed = [
  ...(['app', 'field', 'entity', 'project', 'issue', 'workflow', 'part', 'person'] as const),
  ...(['table', 'note', 'from'] as const),
]
/** The address of the list behind a number of the source. */
export const sourceHash = (
  id: string,
  list: SourcePlace['list'],
  ask: Partial<Omit<SourcePlace, 'at' | 'id' | 'list'>> = {},
): string => toHash({ at: 'source', id, list, after: null, ...ask })
/** The items behind a number of a plan; null = of all kinds, reasons or projects, '' = of no one project. */
export interface PlannedPlace {
  at: 'planned'
  id: string
  what: PlannedList
  kind: Kind | null
  code: string | null
  project: string | null
  after: number | null
}
/** The address of the list behind a number of a plan. */
export const plannedHash = (
  id: string,
  what: PlannedList,
  ask: Partial<Pick<PlannedPlace, 'kind' | 'code' | 'project'>> = {},
): string =>
  toHash({ at: 'planned', id, what, kind: null, code: null, project: null, after: null, ...ask })

/** Which items of a migration a number counts; all of them when nothing is asked. */
export type ItemsAsk = Partial<Omit<ItemsPlace, 'at' | 'id'>>
/** The address of the list behind a number. */
export const itemsHash = (id: string, ask: ItemsAsk = {}): string =>
  toHash({ at: 'items', id, kind: null, verdict: null, project: null, after: null, ...ask })
/** The address of the troubleshooting guide, or of what it says of one code. */
export const helpHash = (code: string | null = null): string => toHash({ at: 'help', code })
const panelPage = '/sidepanel.html'
/** The same as a link, which popup and options open beside themselves. */
export const helpLink = (code: string): { href: string; target?: '_blank'; rel?: string } =>
  location.pathname.endsWith(panelPage)
    ? { href: helpHash(code) }
    : { href: `${panelPage}?tab${helpHash(code)}`, target: '_blank', rel: 'noreferrer' }
/** What a number of projects, issues or people counts: not those that the plan left out. */
export const moved = (kind: Kind, project: string | null = null): ItemsAsk => ({
  kind,
  project,
  only: 'moved',
})
/** The address of a tab of a migration. */
export const tabHash = (id: string, tab: Tab): string =>
  toHash({ at: 'migration', id, tab, after: null })

/** Where a person is in the dashboard; the address after # holds it, so reload and history work. */
export type Place =
  | { at: 'list'; archived: boolean; ask?: ListAsk }
  | { at: 'new' }
  /** What is known of the tab in front. */
  | { at: 'here' }
  /** The troubleshooting guide; ask: what is searched in it. */
  | { at: 'help'; code: string | null; ask?: string }
  | { at: 'setup'; id: string; step: SetupStep }
  /** app: the key of the one app that is looked at; verdict: of its records; project: whose checklist is. */
  | {
      at: 'migration'
      id: string
      tab: Tab
      after: number | null
      app?: string | null
      verdict?: Verdict | null
      project?: string | null
      /** Only checks with this answer. */
      only?: CheckStatus | null
    }
  | ItemsPlace
  | SourcePlace
  | PlannedPlace
  | StrangersPlace
  | BesidePlace

/** The place as the address holds it. */
export function toHash(place: Place): string {
  if (place.at === 'list')
    return `${place.archived ? '#/archived' : '#/'}${query(listAskTo(place.ask ?? {}))}`
  if (place.at === 'new') return '#/new'
  if (place.at === 'here') return '#/here'
  if (place.at === 'help')
    return place.code === null
      ? `#/help${query({ q: place.ask || null })}`
      : `#/help/${encodeURIComponent(place.code)}`
  if (place.at === 'setup') return `#/migration/${encodeURIComponent(place.id)}/edit/${place.step}`
  if (place.at === 'planned') {
    const { id, what, kind, code, project, after } = place
    const asked = query({ what, kind, code, project, after })
    return `#/migration/${encodeURIComponent(id)}/planned${asked}`
  }
  const base = `#/m/${encodeURIComponent(place.id)}`
  if (place.at === 'migration')
    return `${base}/${place.tab}${query({
      after: place.after,
      app: place.app ?? null,
      verdict: place.verdict ?? null,
      project: place.project ?? null,
      only: place.only ?? null,
    })}`
  if (place.at === 'source') {
    const { at: _, id: __, list, after: from, ...more } = place
    return `${base}/source${query({ list, ...more, after: from })}`
  }
  if (place.at === 'beside')
    return `${base}/beside${query({ list: place.list, after: place.after })}`
  if (place.at === 'strangers')
    return `${base}/strangers${query({ kind: place.kind, after: place.after })}`
  const { kind, verdict, project, after, only = null, code = null, root = null } = place
  return `${base}/items${query({ kind, verdict, project, only, code, root, after })}`
}

function query(values: Record<string, string | number | null>): string {
  const given = Object.entries(values).flatMap(([k, x]) => (x === null ? [] : [[k, String(x)]]))
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

/** The place that an address means; whatever makes no sense leads to the list. */
export function fromHash(hash: string): Place {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?')
  const [room, rawId, part, rawStep] = path.split('/')
  const values = new URLSearchParams(search)
  const ask = listAskFrom(values)
  const asked = Object.keys(ask).length === 0 ? {} : { ask }
  if (room === 'archived') return { at: 'list', archived: true, ...asked }
  if (room === 'new') return { at: 'new' }
  if (room === 'here') return { at: 'here' }
  const id = decoded(rawId ?? '')
  if (room === 'help') {
    const q = values.get('q')
    return { at: 'help', code: id || null, ...(q && !id ? { ask: q } : {}) }
  }
  if (room === 'migration' && id !== '' && part === 'edit')
    return { at: 'setup', id, step: oneOf(setupSteps, rawStep) ?? 'name' }
  if (room === 'migration' && id !== '' && part === 'planned') return plannedFrom(id, values)
  if (room !== 'm' || id === '') return { at: 'list', archived: false, ...asked }
  const after = afterFrom(values)
  const list = oneOf(['noted' as const, ...sourceLists], values.get('list'))
  if (part === 'source' && list !== null) {
    const given = sourceNarrowed.flatMap((name) => {
      const value = values.get(name)
      return value ? [[name, value] as const] : []
    })
    return { at: 'source', id, list, after, ...Object.fromEntries(given) }
  }
  const beside = oneOf(besideNames, values.get('list'))
  if (part === 'beside' && beside !== null) return { at: 'beside', id, list: beside, after }
  const app = values.get('app')
  const verdict = oneOf(verdicts, values.get('verdict'))
  const kind = oneOf(kinds, values.get('kind'))
  if (part === 'strangers') return { at: 'strangers', id, kind, after }
  if (part !== 'items') {
    const tab = oneOf(tabs, part) ?? 'overview'
    const of = values.get('project')
    const answer = oneOf(checkStatuses, values.get('only'))
    const more = {
      ...(app === null ? {} : { app }),
      ...(app === null || verdict === null ? {} : { verdict }),
      ...(of === null ? {} : { project: of }),
      ...(answer === null ? {} : { only: answer }),
    }
    return { at: 'migration', id, tab, after, ...more }
  }
  const only = oneOf(itemsOnly, values.get('only'))
  const project = values.get('project')
  const code = values.get('code')
  const root = oneOf(kinds, values.get('root'))
  const narrowed = {
    ...(only === null ? {} : { only }),
    ...(code ? { code } : {}),
    ...(code && root !== null ? { root } : {}),
  }
  return { at: 'items', id, kind, verdict, project, after, ...narrowed }
}

const plannedFrom = (id: string, values: URLSearchParams): PlannedPlace => ({
  at: 'planned',
  id,
  what: oneOf(plannedLists, values.get('what')) ?? 'moves',
  kind: oneOf(kinds, values.get('kind')),
  code: values.get('code'),
  project: values.get('project'),
  after: afterFrom(values),
})

const afterFrom = (values: URLSearchParams): number | null =>
  /^\d+$/.test(values.get('after') ?? '') ? Number(values.get('after')) : null

function oneOf<T extends string>(all: readonly T[], value: string | null | undefined): T | null {
  return all.find((one) => one === value) ?? null
}

/** A hand-typed % that means nothing leads to the list, not to an exception. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
