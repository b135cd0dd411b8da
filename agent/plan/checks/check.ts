import type { CheckGroup } from '../../../shared/api-checks.ts'
import type { AppToDecide } from '../../../shared/app-rows.ts'
import { assert } from '../../../shared/assert.ts'
import type { ListWords, RowsOf } from '../../../shared/check-lists.ts'
import type { PlannedItem, PlanOptions, SiteFacts } from '../../../shared/plan.ts'
import type { ProblemView } from '../../../shared/problem.ts'
import type { SnapshotReader } from '../../../shared/record.ts'
import type { RowCount } from '../../../shared/row-counts.ts'
import type { NotificationScheme, SiteApplication } from '../../../shared/site-schemes.ts'
import { projectsInScope } from '../in-scope.ts'

/** One thing that a check is about, in words that a person recognises. */
export interface CheckOffender {
  subject: string
  projectKey?: string | null
  detail: string
  /** One of the check's `lists`: it is counted beside, and no offender. Absent: it is one. */
  list?: string
  /** In another list: the subject of the row that it is part of. */
  partOf?: string
  /** Numbers within `detail` that have lists of their own. */
  counts?: readonly RowCount[]
}

/**
 * What a check says once it knows how many offenders there are. hint '' = nothing is to be done.
 * incomplete: what it asks about cannot be seen here; its offenders then count for nothing.
 */
export interface CheckSays {
  status: 'success' | 'warning' | 'error' | 'incomplete'
  sentence: string
  hint: string
}

/** What the machine of the agent has; bytes. needed* are estimates for this source; memory: what the agent may use. */
export interface AgentFacts {
  freeDisk: number
  neededDisk: number
  memory: number
  folder: string
}

/** A file as it lies in the attachments folder: PKEY/…/PKEY-12/10000. */
export interface FileOnDisk {
  path: string
  /** The name of the issue's folder, "PKEY-12"; the key may be one that the project no longer has. */
  issueFolder: string
  attachmentId: string
}

/** What the site says beside SiteFacts. permissions: key to whether the token's account has it. */
export interface SiteMore {
  permissions: Record<string, boolean>
  fields: { id: string; name: string }[]
  /** How many projects the account sees: without any, no project permission can be told. */
  projects: number
  /** The problem where the token's account may not ask: what looks at it is incomplete then. */
  seats: { applications: SiteApplication[] } | { problem: ProblemView }
  /** The notification scheme that new projects come into; null where there is none. */
  mails: { scheme: NotificationScheme | null } | { problem: ProblemView }
  /** Milliseconds that an answer takes; null where it was not measured. */
  latencyMs: number | null
}

/** All that a check may look at. It writes nothing and asks nobody. */
export interface CheckContext {
  snapshot: SnapshotReader
  options: PlanOptions
  /** 'empty': no site was named, so none has answered. */
  siteKind: 'cloud' | 'practice' | 'empty'
  /** facts are null where the site could not be asked, for the reason in problem. */
  site: { facts: SiteFacts; more: SiteMore; problem: null } | { facts: null; problem: ProblemView }
  agent: AgentFacts
  /** Apps with data; those of Jira itself are none. */
  apps: readonly AppToDecide[]
  /** Epoch milliseconds of the question; absent: ages are no matter. */
  now?: number
  /** The files of the attachments folder; null where none was given. */
  files: (() => AsyncIterable<FileOnDisk>) | null
}

/** The same, once the site has answered. */
export type WithSite = CheckContext & { site: { facts: SiteFacts; more: SiteMore } }

/** What a check counts over a whole plan, and what it finds once that has passed. */
export interface Counting<C> {
  see(item: PlannedItem): void
  offenders(context: C): Iterable<CheckOffender>
}

/**
 * One question before a run, in one file. It is asked in up to three ways, and every offender of all counts:
 * `ask` looks through what is known, `watch` and `count` see each item of the plan while that is made once for all.
 * What it throws makes it incomplete, and it can be asked again.
 */
export interface Check<C extends CheckContext = CheckContext> {
  key: string
  group: CheckGroup
  title: string
  /** The worst that it can say: an error blocks a run. */
  worst: 'warning' | 'error'
  /** Whether an error may be set aside by a person: only where nothing can be lost by that. */
  canOverride: boolean
  /** What its sentence counts beside the offenders; each row of it comes from `ask` with the list's name. */
  lists?: ListWords
  ask?(context: C): Iterable<CheckOffender> | AsyncIterable<CheckOffender>
  watch?(item: PlannedItem): CheckOffender | null
  /** For what shows only in many items together; begun anew for each pass of the plan. */
  count?(): Counting<C>
  /** @param rowsOf how many rows another list of it has */
  say(offenders: number, context: C, rowsOf: RowsOf): CheckSays
}

/** A check as the list of all holds it: what it cannot be asked without is said, not guessed. */
export type AnyCheck = Check & {
  /** The site must have answered. */
  needsSite: boolean
  /** The site must tell its accounts to the token's. */
  needsAccounts?: boolean
}

export const check = (one: Check): AnyCheck => ({ ...one, needsSite: false })

/** A check that needs the answers of the site: without them it is incomplete. */
export function siteCheck(one: Check<WithSite>): AnyCheck {
  const { ask, watch, count, say, ...rest } = one
  const counting = (begun: Counting<WithSite>): Counting<CheckContext> => ({
    see: begun.see,
    offenders: (context) => begun.offenders(withSite(context)),
  })
  return {
    ...rest,
    ...(watch ? { watch } : {}),
    ...(count ? { count: () => counting(count()) } : {}),
    ...(ask ? { ask: (context: CheckContext) => ask(withSite(context)) } : {}),
    say: (offenders, context, rowsOf) => say(offenders, withSite(context), rowsOf),
    needsSite: true,
  }
}

function withSite(context: CheckContext): WithSite {
  assert(context.site.facts, 'A check of the site is asked only once the site has answered.')
  return { ...context, site: context.site }
}

/** The same check, which also needs the accounts that the site has. */
export const withAccounts = (one: AnyCheck): AnyCheck => ({ ...one, needsAccounts: true })

/** Whether a check is right only once the whole plan has passed. */
export const needsPlan = ({ watch, count }: AnyCheck): boolean => Boolean(watch || count)

/** Why a check cannot be asked of this site at all; null where it can. */
export function lacking(
  { needsSite, needsAccounts }: AnyCheck,
  { site, siteKind }: CheckContext,
): CheckSays | null {
  if (!needsSite) return null
  if (!site.facts) return siteKind === 'empty' ? noSite : siteAway(site.problem)
  if (!needsAccounts || site.more.permissions.USER_PICKER) return null
  return notAsked(
    `${site.facts.me.displayName} may not see the accounts of the site, so nobody can be looked up there.`,
    'Give this account the global permission "Browse users and groups" (Settings, System, Global permissions), then run this check again.',
  )
}

/** What cannot be seen from here, however often it is asked: the hint says how it can be. */
export const notAsked = (sentence: string, hint: string): CheckSays => ({
  status: 'incomplete',
  sentence,
  hint,
})

export const noSite: CheckSays = notAsked(
  'No site was named, so this was not asked.',
  'Add --site URL --email E --token-file F, or --practice.',
)

/** The site's own problem, as what makes a check incomplete. */
export const siteAway = ({ sentence, hint }: ProblemView): CheckSays =>
  notAsked(`The site could not be asked. ${sentence}`, hint)

/** A live source is read through REST, which shows less than a backup holds. */
export const isLive = ({ snapshot }: CheckContext): boolean =>
  snapshot.info().sourceKind === 'datacenter'

export const fine = (sentence: string): CheckSays => ({ status: 'success', sentence, hint: '' })
export const warn = (sentence: string, hint: string): CheckSays => ({
  status: 'warning',
  sentence,
  hint,
})
export const block = (sentence: string, hint: string): CheckSays => ({
  status: 'error',
  sentence,
  hint,
})

const whole = new Intl.NumberFormat('en-US')
export const number = (n: number): string => whole.format(n)
/** "1 user has" or "12 users have". */
export const plural = (n: number, one: string, many: string): string =>
  `${number(n)} ${n === 1 ? one : many}`

/** Bytes for a person, in units of 1024: 1.5 GB. */
export function bytes(n: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  let size = n
  let unit = 0
  for (; size >= 1024 && unit < units.length - 1; unit += 1) size /= 1024
  return `${unit === 0 ? size : Number(size.toFixed(1))} ${units[unit]}`
}

/** The projects that are to move. */
export const chosen = ({ snapshot, options }: CheckContext) => projectsInScope(snapshot, options)

/** The attachments of the projects that are to move. */
export function attachmentsOf(context: CheckContext): number {
  let n = 0
  for (const { id } of chosen(context)) n += context.snapshot.countOf('attachment', id)
  return n
}

/** Nothing was looked at: a person chose that no file moves. */
export const noFiles = ({ options }: CheckContext): CheckSays | null =>
  options.scope?.attachments === 'without'
    ? fine('You chose to move no attachments, so no file was looked at.')
    : null
