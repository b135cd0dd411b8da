import type { CollisionsView, MeetingName } from '../../shared/api-setup-views.ts'
import type { Kept } from '../../shared/filter-shares.ts'
import type { PlannedItem, PlanOptions, Promises, SiteFacts } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import {
  type CollisionKind,
  type CollisionRule,
  type Collisions,
  collisionKinds,
  defaultRule,
  type NameList,
} from '../../shared/setup.ts'
import type { SiteOwned } from '../../shared/site-facts.ts'
import { listed, whose } from '../plan/kept.ts'
import { itemOf, planNamed } from '../plan/named.ts'
import { cutName, fold } from '../plan/names.ts'
import { ownedLimit, ruleOf } from '../plan/wanted.ts'

type KindView = CollisionsView['kinds'][number]
type Planned = ReadonlyMap<string, PlannedItem>

/** The names of a kind that come from the source, each with what the site has of that name and what becomes of it. */
export interface KindNames {
  kind: CollisionKind
  rule: CollisionRule
  names: MeetingName[]
}

/**
 * The names that come from the source, kind by kind, with what becomes of each: the plan's own answer, so that
 * what is shown is what happens. What the plan leaves out for other reasons meets nothing and is not told.
 */
export async function meetingNames(
  snapshot: SnapshotReader,
  site: SiteFacts,
  options: PlanOptions,
): Promise<KindNames[]> {
  const rules = Object.fromEntries(
    collisionKinds.map((kind) => [kind, ruleOf(options, kind)]),
  ) as Collisions
  const planned = await namesOf(snapshot, site, options)
  // A project that a name stopped uses nothing: what meets is told as if nothing were stopped.
  const free = collisionKinds.some((kind) => rules[kind] === 'stop')
    ? await namesOf(snapshot, site, { ...options, collisions: unstopped(rules) })
    : planned
  return collisionKinds.map((kind) => {
    const onSite = new Map(sides[kind].onSite(site).map((name) => [fold(name), name]))
    const names: MeetingName[] = []
    for (const item of free.values()) {
      if (item.kind !== itemOf[kind] || !comes(item)) continue
      const siteName = onSite.get(fold(wantedName(kind, item))) ?? null
      const own = planned.get(idOf(item)) ?? item
      const kept = keptOf(own)
      const becomes = nameOf(own)
      if (siteName === null) {
        names.push({ name: item.label, siteName, becomes, note: ownNote(own) })
        continue
      }
      const note = noteOf(own, ownersOf(kind, site, item, kept))
      // Several on the site may have one name, each written in its own way.
      names.push({
        name: item.label,
        siteName: kept ? (becomes ?? siteName) : siteName,
        becomes,
        note,
      })
    }
    return { kind, rule: rules[kind], names }
  })
}

/** What becomes of a name, see nameLists. */
export const listOf = ({ siteName, becomes }: MeetingName): NameList =>
  siteName === null
    ? 'alone'
    : becomes === null
      ? 'leftOut'
      : becomes === siteName
        ? 'used'
        : 'beside'

/** How many there are of each, and what the rule does to them. */
export function viewKind({ kind, rule, names }: KindNames): KindView {
  const lists = { used: 0, beside: 0, leftOut: 0, alone: 0 }
  for (const name of names) lists[listOf(name)] += 1
  const both = names.length - lists.alone
  return { kind, rule, names: names.length, both, sentence: sentenceOf(kind, lists, rule), lists }
}

const idOf = (item: PlannedItem) => `${item.kind}/${item.sourceId}`

async function namesOf(...asked: Parameters<typeof planNamed>): Promise<Planned> {
  const kinds = new Set<string>(Object.values(itemOf))
  const found = new Map<string, PlannedItem>()
  for await (const item of planNamed(...asked))
    if (kinds.has(item.kind)) found.set(idOf(item), item)
  return found
}

const unstopped = (rules: Collisions): Collisions =>
  Object.fromEntries(
    collisionKinds.map((kind) => [kind, rules[kind] === 'stop' ? defaultRule(kind) : rules[kind]]),
  ) as Collisions

/** A group of administrators never moves, but its name is one that people look for here. */
const comes = ({ leftOut }: PlannedItem) => leftOut === null || leftOut.code === 'admin-group'

/** The name that the plan asks the site for: without what the site would not take. */
const wantedName = (kind: CollisionKind, { label }: PlannedItem) =>
  cutName('', label, sides[kind].limit, [])

const nameOf = (item: PlannedItem): string | null =>
  item.leftOut ? null : (item.promise as Promises['status' | 'group' | 'filter']).name

/** Losses that say in what the two differ; that ours has another name stands beside it already. */
const differences = new Set([
  ...['renamed', 'name-cut', 'category-on-site', 'group-merged', 'site-keeps-own'],
])

const differs = (code: string) => differences.has(code) || code.startsWith('kept-')

function noteOf(item: PlannedItem, owners: string): string | null {
  if (item.leftOut) return [owners, item.leftOut.text].filter(Boolean).join(' ')
  const losses = item.losses.filter(({ code }) => differs(code))
  const texts = losses.map(({ text }) => text)
  if (keptOf(item) && !losses.some(({ code }) => code !== severalOf))
    texts.push('Nothing of it differs from the source’s.')
  // Which of several is used says whose all of them are.
  if (!losses.some(({ code }) => code === severalOf)) texts.unshift(owners)
  return texts.filter(Boolean).join(' ') || null
}

/** What is said of a name that only the source has: why it stays, or what of it changes. */
const ownNote = ({ leftOut, losses }: PlannedItem): string | null =>
  leftOut?.text ??
  (losses
    .filter(({ code }) => differs(code))
    .map(({ text }) => text)
    .join(' ') ||
    null)

const severalOf = 'kept-of-several'

/** The site's own one that stands for it; null where it is made, or has no such choice. */
const keptOf = ({ promise }: PlannedItem): Kept | null =>
  (promise as { kept?: Kept } | null)?.kept ?? null

/** Whose the site's are that have the name of one that comes; '' for names that nobody owns. */
function ownersOf(kind: CollisionKind, site: SiteFacts, item: PlannedItem, kept: Kept | null) {
  const owned = sides[kind].owned?.(site) ?? []
  const name = fold(wantedName(kind, item))
  const there = owned.filter((one) => (kept ? one.id === kept.id : fold(one.name) === name))
  if (there.length === 0) return ''
  return `On the site: ${listed(there.map(whose))}.`
}

function sentenceOf(
  kind: CollisionKind,
  { used, beside, leftOut }: KindView['lists'],
  rule: CollisionRule,
): string {
  const [one, many] = sides[kind].words
  const some = (n: number, are: readonly [string, string], text: string) =>
    n === 0 ? [] : [`${n === 1 ? `1 ${one} ${are[0]}` : `${n} ${many} ${are[1]}`} ${text}`]
  if (used + beside + leftOut === 0)
    return `The site has no ${one} of a name that comes from the source.`
  return [
    ...some(used, ['is', 'are'], 'on the site already and used as the site has it.'),
    ...some(
      beside,
      rule === 'reuse' ? ['cannot', 'cannot'] : ['comes', 'come'],
      besides(kind, rule),
    ),
    ...some(leftOut, ['stays', 'stay'], 'behind, with what needs it.'),
  ].join(' ')
}

function besides(kind: CollisionKind, rule: CollisionRule): string {
  if (rule === 'reuse')
    return 'be what the site has under that name, so a new one comes beside it, as shown below.'
  return `beside what the site has under that name, numbered like "Name (2)"${sides[kind].owned ? ': what is there is never changed' : ''}.`
}

interface Side {
  onSite(site: SiteFacts): readonly string[]
  /** Jira's own limit for these names, as in the plan. */
  limit: number
  words: readonly [one: string, many: string]
  /** Where several may have one name, each with its owner. */
  owned?(site: SiteFacts): readonly SiteOwned[]
}
const names = (list: readonly { name: string }[] = []) => list.map(({ name }) => name)

const sides: Record<CollisionKind, Side> = {
  status: { onSite: (site) => names(site.statuses), limit: 60, words: ['status', 'statuses'] },
  issueType: {
    onSite: (site) => names(site.issueTypes),
    limit: 60,
    words: ['issue type', 'issue types'],
  },
  linkType: {
    onSite: (site) => names(site.linkTypes),
    limit: 255,
    words: ['link type', 'link types'],
  },
  priority: {
    onSite: (site) => names(site.priorities),
    limit: 60,
    words: ['priority', 'priorities'],
  },
  resolution: {
    onSite: (site) => names(site.resolutions),
    limit: 60,
    words: ['resolution', 'resolutions'],
  },
  field: {
    onSite: (site) => names(site.customFields),
    limit: 255,
    words: ['custom field', 'custom fields'],
  },
  group: { onSite: (site) => site.groups, limit: 255, words: ['group', 'groups'] },
  filter: {
    onSite: (site) => names(site.filters),
    limit: ownedLimit,
    words: ['filter', 'filters'],
    owned: (site) => site.filters ?? [],
  },
  dashboard: {
    onSite: (site) => names(site.dashboards),
    limit: ownedLimit,
    words: ['dashboard', 'dashboards'],
    owned: (site) => site.dashboards ?? [],
  },
}
