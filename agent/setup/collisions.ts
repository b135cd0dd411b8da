import type { CollisionsView } from '../../shared/api-setup-views.ts'
import type { PlannedItem, PlanOptions, Promises, SiteFacts } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import {
  type CollisionKind,
  type CollisionRule,
  type Collisions,
  collisionKinds,
  rulesFor,
} from '../../shared/setup.ts'
import { itemOf, planNamed } from '../plan/named.ts'
import { cutName, fold } from '../plan/names.ts'

/** So many are listed a kind; all are counted. */
const listed = 200

type KindView = CollisionsView['kinds'][number]
type Planned = ReadonlyMap<string, PlannedItem>

/**
 * The names that stand on both sides, kind by kind, with what becomes of each: the plan's own answer, so that
 * what is shown is what happens. What the plan leaves out for other reasons meets nothing and is not told.
 */
export async function viewCollisions(
  snapshot: SnapshotReader,
  site: SiteFacts,
  options: PlanOptions,
): Promise<CollisionsView> {
  const rules = Object.fromEntries(
    collisionKinds.map((kind) => [kind, options.collisions?.[kind] ?? rulesFor(kind)[0]]),
  ) as Collisions
  const planned = await namesOf(snapshot, site, options)
  // A project that a name stopped uses nothing: what meets is told as if nothing were stopped.
  const free = collisionKinds.some((kind) => rules[kind] === 'stop')
    ? await namesOf(snapshot, site, { ...options, collisions: unstopped(rules) })
    : planned
  return {
    kinds: collisionKinds.map((kind) => {
      const onSite = new Map(sides[kind].onSite(site).map((name) => [fold(name), name]))
      const coming = [...free.values()].filter((item) => item.kind === itemOf[kind] && comes(item))
      const items: KindView['items'] = []
      for (const item of coming) {
        const siteName = onSite.get(fold(wantedName(kind, item)))
        if (siteName === undefined) continue
        const own = planned.get(idOf(item)) ?? item
        items.push({ name: item.label, siteName, becomes: nameOf(own), note: noteOf(own) })
      }
      const both = items.length
      const sentence = sentenceOf(kind, items, rules[kind])
      const shown = items.slice(0, listed)
      return { kind, rule: rules[kind], names: coming.length, both, sentence, items: shown }
    }),
  }
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
    collisionKinds.map((kind) => [kind, rules[kind] === 'stop' ? rulesFor(kind)[0] : rules[kind]]),
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

function noteOf(item: PlannedItem): string | null {
  if (item.leftOut) return item.leftOut.text
  const losses = item.losses.filter(({ code }) => differences.has(code)).map(({ text }) => text)
  return losses.join(' ') || null
}

function sentenceOf(kind: CollisionKind, items: KindView['items'], rule: CollisionRule): string {
  const [one, many] = sides[kind].words
  const out = items.filter(({ becomes }) => becomes === null).length
  const used = items.filter(({ becomes, siteName }) => becomes === siteName).length
  const beside = items.length - out - used
  const some = (n: number, are: readonly [string, string], text: string) =>
    n === 0 ? [] : [`${n === 1 ? `1 ${one} ${are[0]}` : `${n} ${many} ${are[1]}`} ${text}`]
  if (items.length === 0) return `The site has no ${one} of a name that comes from the source.`
  return [
    ...some(used, ['is', 'are'], 'on the site already and used as the site has it.'),
    ...some(
      beside,
      rule === 'reuse' ? ['cannot', 'cannot'] : ['comes', 'come'],
      besides(kind, rule),
    ),
    ...some(out, ['stays', 'stay'], 'behind, with what needs it.'),
  ].join(' ')
}

function besides(kind: CollisionKind, rule: CollisionRule): string {
  if (rule === 'reuse')
    return 'be what the site has under that name, so a new one comes beside it, as shown below.'
  return kind === 'filter'
    ? 'beside one that the token’s account has under that name, numbered like "Name (2)": a filter that is there is never changed.'
    : 'beside what the site has under that name, numbered like "Name (2)".'
}

interface Side {
  onSite(site: SiteFacts): readonly string[]
  /** Jira's own limit for these names, as in the plan. */
  limit: number
  words: readonly [one: string, many: string]
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
  filter: { onSite: (site) => site.filters ?? [], limit: 255, words: ['filter', 'filters'] },
}
