import type { CollisionsView } from '../../shared/api-setup-views.ts'
import type { SiteFacts } from '../../shared/plan.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import {
  type CollisionKind,
  type CollisionRule,
  type Collisions,
  collisionKinds,
} from '../../shared/setup.ts'
import { fold, matchNames } from '../plan/names.ts'

/** So many are listed a kind; all are counted. */
const listed = 200

type Row = { id: string; name: string }
interface Side {
  rows: Row[]
  site: { name: string }[]
  limit: number
  words: readonly [one: string, many: string]
  /** As the plan: a word for what ours is where the two can never be the same. */
  clash?(row: Row, there: { name: string }): string | null
  /** A difference that a person should know of before it is reused. */
  note?(row: Row, there: { name: string }): string | null
}

/**
 * The names that stand on both sides, kind by kind, with what the chosen rule makes of each: the same
 * arithmetic as the plan's, so what is shown is what happens.
 */
export function viewCollisions(
  snapshot: SnapshotReader,
  site: SiteFacts,
  rules: Collisions,
): CollisionsView {
  return {
    kinds: collisionKinds.map((kind) => {
      const side = sides[kind](snapshot, site)
      const onSite = new Map(side.site.map((one) => [fold(one.name), one]))
      const both = side.rows.filter((row) => onSite.has(fold(row.name)))
      const rule = rules[kind]
      const named = matchNames(side.words[0], side.rows, side.site, side.limit, side.clash, rule)
      const items = both.slice(0, listed).map((row) => {
        const there = onSite.get(fold(row.name))
        return {
          name: row.name,
          siteName: there?.name ?? row.name,
          becomes: rule === 'stop' ? null : (named.get(row.id)?.name ?? row.name),
          note: (there && side.note?.(row, there)) ?? null,
        }
      })
      const sentence = sentenceOf(kind, side, both.length, rule)
      return { kind, rule, names: side.rows.length, both: both.length, sentence, items }
    }),
  }
}

function sentenceOf(kind: CollisionKind, side: Side, n: number, rule: CollisionRule): string {
  const [one, many] = side.words
  if (n === 0) return `The site has no ${one} of a name that the source has.`
  const these = n === 1 ? `1 ${one} is` : `${n} ${many} are`
  if (rule === 'reuse' && kind !== 'filter')
    return `${these} on the site already and will be used as the site has them.`
  if (kind === 'filter' && rule !== 'stop')
    return `${these} on the site already; the source's own come beside them as "Name (moved)".`
  if (rule === 'rename')
    return `${these} on the site already; the source's own come beside them, numbered like "Name (2)".`
  return `${these} on the site already: they are left out, with all that needs them.`
}

const rowsOf = (snapshot: SnapshotReader, table: 'status' | 'priority' | 'resolution'): Row[] => [
  ...snapshot.rows(table),
]

/** 60 and 255 letters are Jira's own limits for these names, as in the plan. */
const sides: Record<CollisionKind, (snapshot: SnapshotReader, site: SiteFacts) => Side> = {
  status: (snapshot, site) => ({
    rows: rowsOf(snapshot, 'status'),
    site: site.statuses,
    limit: 60,
    words: ['status', 'statuses'],
  }),
  issueType: (snapshot, site) => {
    const rows = [...snapshot.rows('issueType')]
    const subtasks = new Set(rows.flatMap((row) => (row.subtask ? [row.id] : [])))
    const clash = (row: Row, there: { name: string }) => {
      const ours = subtasks.has(row.id)
      const theirs = site.issueTypes.find((type) => type.name === there.name)?.subtask ?? false
      return ours === theirs ? null : ours ? 'sub-task' : 'standard'
    }
    return {
      rows,
      site: site.issueTypes,
      limit: 60,
      words: ['issue type', 'issue types'],
      clash,
      note: (row, there) =>
        clash(row, there) === null
          ? null
          : 'One is for sub-tasks and the other is not, so they are never the same type.',
    }
  },
  linkType: (snapshot, site) => ({
    rows: [...snapshot.rows('linkType')].filter((row) => !row.style?.startsWith('jira_')),
    site: site.linkTypes,
    limit: 255,
    words: ['link type', 'link types'],
  }),
  priority: (snapshot, site) => ({
    rows: rowsOf(snapshot, 'priority'),
    site: site.priorities,
    limit: 60,
    words: ['priority', 'priorities'],
  }),
  resolution: (snapshot, site) => ({
    rows: rowsOf(snapshot, 'resolution'),
    site: site.resolutions,
    limit: 60,
    words: ['resolution', 'resolutions'],
  }),
  field: (snapshot, site) => ({
    rows: [...snapshot.rows('customField')],
    site: site.customFields ?? [],
    limit: 255,
    words: ['custom field', 'custom fields'],
  }),
  group: (snapshot, site) => ({
    rows: [...snapshot.rows('group')].map(({ name }) => ({ id: name, name })),
    site: site.groups.map((name) => ({ name })),
    limit: 255,
    words: ['group', 'groups'],
    note: () => 'Its members on the site and at the source become one group.',
  }),
  // The token's account will own all filters, and one account has no two of a name: nothing is reused.
  filter: (snapshot, site) => ({
    rows: [...snapshot.rows('filter')],
    site: (site.filters ?? []).map((name) => ({ name })),
    limit: 255,
    words: ['filter', 'filters'],
    clash: () => 'moved',
  }),
}
