import { createModel, effect, type ReadonlySignal, signal } from '@preact/signals'
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

/** Which items of a migration a number counts; all of them when nothing is asked. */
export type ItemsAsk = Partial<Omit<ItemsPlace, 'at' | 'id'>>
/** The address of the list behind a number. */
export const itemsHash = (id: string, ask: ItemsAsk = {}): string =>
  toHash({ at: 'items', id, kind: null, verdict: null, project: null, after: null, ...ask })
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
    }
  | ItemsPlace
  | StrangersPlace

/** The place as the address holds it. */
export function toHash(place: Place): string {
  if (place.at === 'list')
    return `${place.archived ? '#/archived' : '#/'}${query(listAskTo(place.ask ?? {}))}`
  if (place.at === 'new') return '#/new'
  if (place.at === 'here') return '#/here'
  if (place.at === 'setup') return `#/migration/${encodeURIComponent(place.id)}/edit/${place.step}`
  const base = `#/m/${encodeURIComponent(place.id)}`
  if (place.at === 'migration')
    return `${base}/${place.tab}${query({
      after: place.after,
      app: place.app ?? null,
      verdict: place.verdict ?? null,
      project: place.project ?? null,
    })}`
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
  if (room === 'migration' && id !== '' && part === 'edit')
    return { at: 'setup', id, step: oneOf(setupSteps, rawStep) ?? 'name' }
  if (room !== 'm' || id === '') return { at: 'list', archived: false, ...asked }
  const after = /^\d+$/.test(values.get('after') ?? '') ? Number(values.get('after')) : null
  const app = values.get('app')
  const verdict = oneOf(verdicts, values.get('verdict'))
  const kind = oneOf(kinds, values.get('kind'))
  if (part === 'strangers') return { at: 'strangers', id, kind, after }
  if (part !== 'items') {
    const tab = oneOf(tabs, part) ?? 'overview'
    const of = values.get('project')
    const more = {
      ...(app === null ? {} : { app }),
      ...(app === null || verdict === null ? {} : { verdict }),
      ...(of === null ? {} : { project: of }),
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

/** Goes to another place; a step of the history. */
export const openPlace = (to: Place): void => {
  location.hash = toHash(to)
}

/** The address as a signal, and the way to go elsewhere. */
export const PlaceModel = createModel(() => {
  const place = signal<Place>(fromHash(location.hash))
  effect(() => {
    const listener = () => {
      place.value = fromHash(location.hash)
    }
    addEventListener('hashchange', listener)
    return () => removeEventListener('hashchange', listener)
  })
  return {
    place: place as ReadonlySignal<Place>,
    go: (to: Place) => {
      location.hash = toHash(to)
    },
    /** The same place seen otherwise (searched, sorted): no step of the history. */
    turn: (to: Place) => {
      history.replaceState(history.state, '', toHash(to))
      place.value = to
    },
  }
})
export type PlaceModel = InstanceType<typeof PlaceModel>
