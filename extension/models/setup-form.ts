import * as v from 'valibot'
import { SetupBody, type SetupView } from '../../shared/api-setup.ts'
import type { InspectionView } from '../../shared/api-setup-views.ts'
import {
  CollisionOptions,
  type Purpose,
  ScopeOptions,
  type SetupStep,
  setupSteps,
  stepsOf,
} from '../../shared/setup.ts'
import { sourceAddress } from '../../shared/source-address.ts'
import type { SetupInput, SiteInput, SourceInput } from '../agent-setup.ts'
import type { Draft } from '../drafts.ts'
import { setupWords } from '../words-setup.ts'

/** What stands in the fields of the stepper, as typed; the tokens leave only towards the agent. */
export interface Form extends Draft {
  token: string
  jiraToken: string
}
/** They are with the agent, and nowhere else. */
export const noSecrets = { token: '', jiraToken: '' }
export type Field =
  | 'name'
  | 'path'
  | 'attachments'
  | 'timeZone'
  | 'jiraUrl'
  | 'jiraToken'
  | 'site'
  | 'url'
  | 'email'
  | 'token'

export const emptyForm: Form = {
  name: '',
  purpose: 'test',
  from: 'backup',
  path: '',
  attachments: '',
  timeZone: '',
  jiraUrl: '',
  jiraUser: '',
  site: 'none',
  url: '',
  email: '',
  ...noSecrets,
  scope: v.parse(ScopeOptions, {}),
  collisions: v.parse(CollisionOptions, {}),
  mappings: '',
  revision: null,
  unsent: [],
}

/** The fields as the agent knows them. */
export function formOf(view: SetupView): Form {
  const { name, purpose, source, site, scope, collisions, mappings, revision } = view
  return {
    ...emptyForm,
    name,
    purpose,
    ...sourceFields(source),
    site: site?.kind ?? 'none',
    url: site?.kind === 'cloud' ? site.url : '',
    email: site?.kind === 'cloud' ? site.email : '',
    scope,
    collisions,
    mappings: mappings ?? '',
    revision,
  }
}

function sourceFields(source: SetupView['source']): Partial<Form> {
  if (source?.kind === 'datacenter')
    return { from: 'datacenter', jiraUrl: source.url, jiraUser: source.user ?? '' }
  return {
    path: source?.path ?? '',
    attachments: source?.attachments ?? '',
    timeZone: source?.timeZone ?? '',
  }
}

/** Whether a source was named, of the kind that is chosen. */
export const hasSource = ({ from, path, jiraUrl }: Form): boolean =>
  (from === 'backup' ? path : jiraUrl).trim() !== ''

/** The source as it is sent; null while none is named. */
export function sourceOf(form: Form): SourceInput | null {
  if (!hasSource(form)) return null
  const { from, path, attachments, timeZone, jiraUrl, jiraUser, jiraToken } = form
  if (from === 'datacenter')
    return {
      kind: 'datacenter',
      url: jiraUrl,
      user: jiraUser.trim() || null,
      token: jiraToken.trim() || null,
    }
  return {
    kind: 'backup',
    path,
    attachments: attachments.trim() || null,
    timeZone: timeZone.trim() || null,
  }
}

/** The site as it is sent; null while none is chosen. */
export function siteOf({ site, url, email, token }: Form): SiteInput | null {
  if (site === 'cloud') return { kind: 'cloud', url, email, token: token.trim() || null }
  return site === 'none' ? null : { kind: 'practice' }
}

/** The whole setup as it is sent; step null: it is done. */
export function bodyOf(form: Form, step: SetupStep | null): SetupInput {
  const { name, purpose, scope, collisions, mappings, revision } = form
  return {
    name,
    purpose,
    source: sourceOf(form),
    site: siteOf(form),
    scope,
    collisions,
    mappings: purpose === 'verify' ? mappings.trim() || null : null,
    step,
    revision,
  }
}

/** The parts of a setup that a person changes as one. */
export const parts = [
  'name',
  'purpose',
  'source',
  'site',
  'scope',
  'collisions',
  'mappings',
] as const
export type Part = (typeof parts)[number]

/** In which parts two forms say different things; a token that is typed is one. */
export function differing(one: Form, other: Form): Part[] {
  const [a, b] = [bodyOf(one, 'name'), bodyOf(other, 'name')]
  return parts.filter((part) => JSON.stringify(a[part]) !== JSON.stringify(b[part]))
}

/** Where each part of the body is typed. */
const places: Record<string, [Field, SetupStep]> = {
  name: ['name', 'name'],
  source: ['path', 'source'],
  'source.url': ['jiraUrl', 'source'],
  'source.token': ['jiraToken', 'source'],
  'source.path': ['path', 'source'],
  'source.attachments': ['attachments', 'source'],
  'source.timeZone': ['timeZone', 'source'],
  site: ['site', 'site'],
  'site.url': ['url', 'site'],
  'site.email': ['email', 'site'],
  'site.token': ['token', 'site'],
}
export interface Wrong {
  field: Field
  step: SetupStep
  sentence: string
}

/** What is wrong with each field, in the order of the steps; nothing for fields that may stay empty. */
export function wrongOf(form: Form, step: SetupStep | null): Wrong[] {
  const wrong = new Map<Field, Wrong>()
  if (form.from === 'datacenter' && form.jiraUrl.trim() !== '') {
    const sentence = wrongAddress(form.jiraUrl)
    if (sentence) wrong.set('jiraUrl', { field: 'jiraUrl', step: 'source', sentence })
  } else if (form.timeZone.trim() !== '' && !isZone(form.timeZone.trim()))
    wrong.set('timeZone', { field: 'timeZone', step: 'source', sentence: setupWords.badZone })
  for (const issue of v.safeParse(SetupBody, bodyOf(form, step)).issues ?? []) {
    const [field, where] = places[v.getDotPath(issue) ?? ''] ?? []
    if (field && where && !wrong.has(field))
      wrong.set(field, { field, step: where, sentence: issue.message })
  }
  return [...wrong.values()].sort((a, b) => order(a.step) - order(b.step))
}

const order = (step: SetupStep) => setupSteps.indexOf(step)

/** The agent takes the same addresses, by the same function. */
function wrongAddress(url: string): string | null {
  try {
    sourceAddress(url)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** An IANA name, or a fixed distance as snapshots write it. */
function isZone(zone: string): boolean {
  if (/^UTC([+-]\d{2}:\d{2})?$/.test(zone)) return true
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** The step before or after; null at the ends. */
export function stepFrom(
  step: SetupStep,
  by: 1 | -1,
  purpose: Purpose = 'production',
): SetupStep | null {
  const steps = stepsOf(purpose)
  const at = steps.indexOf(step)
  // A step that does not apply any more leads on to the next that does.
  if (at < 0) return steps.find((one) => order(one) > order(step)) ?? null
  return steps[at + by] ?? null
}
export const stepNumber = (step: SetupStep, purpose: Purpose = 'production'): number =>
  stepsOf(purpose).filter((one) => order(one) <= order(step)).length

/**
 * Why a person cannot go on from this step yet, as a sentence; null when they can.
 * @param read whether the source was read, being read, or could not be
 */
export function whyNotNext(
  step: SetupStep,
  form: Form,
  tokenStored: boolean,
  read: InspectionView['state'] | null,
  sourceTokenStored = false,
): string | null {
  const here = wrongOf(form, step).find((one) => one.step === step)
  if (here) return here.sentence
  switch (step) {
    case 'source':
      if (!hasSource(form))
        return form.from === 'backup' ? setupWords.whyNot.source : setupWords.whyNot.address
      return form.from === 'datacenter' && form.jiraToken.trim() === '' && !sourceTokenStored
        ? setupWords.whyNot.sourceToken
        : null
    case 'inspection':
      if (!hasSource(form)) return setupWords.whyNot.source
      if (read === 'failed') return setupWords.whyNot.unread
      if (read === 'none' && form.from === 'datacenter') return setupWords.whyNot.choose
      if (read === 'stopped') return setupWords.whyNot.stopped
      return read === 'done' ? null : setupWords.whyNot.reading
    case 'site':
      if (form.purpose === 'verify' && form.site !== 'cloud') return setupWords.whyNot.verifySite
      if (form.site === 'none') return setupWords.whyNot.site
      return form.site === 'cloud' && form.token.trim() === '' && !tokenStored
        ? setupWords.whyNot.token
        : null
    case 'scope':
      return form.scope.projects?.length === 0 ? setupWords.whyNot.projects : null
    default:
      return null
  }
}
