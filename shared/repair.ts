import type { Kind } from './plan.ts'
import type { Verdict } from './status.ts'

/** What a repair does to the site. */
export const repairActs = [
  'attach again',
  'rewrite text',
  'create again',
  'turn link round',
  'set field',
  'rewrite links',
] as const
export type RepairAct = (typeof repairActs)[number]

/** What is done about one kind: when it is not on the site, and for each field that can differ (verify's names). */
interface Row {
  missing: RepairAct | null
  fields: Readonly<Record<string, RepairAct>>
}
const nothing: Row = { missing: null, fields: {} }

/**
 * The total table of acts. A field that is not named, and a kind without a row of its own, is mended by
 * hand: the agent says how. What the site's edit endpoint cannot set (a status, a type, a key) is not here.
 */
export const repairTable: Readonly<Record<Kind, Row>> = {
  user: nothing,
  group: nothing,
  membership: nothing,
  issueType: nothing,
  status: nothing,
  priority: nothing,
  resolution: nothing,
  linkType: nothing,
  projectCategory: nothing,
  role: nothing,
  project: nothing,
  roleActor: nothing,
  component: nothing,
  version: nothing,
  issue: {
    missing: null,
    fields: {
      summary: 'set field',
      description: 'rewrite text',
      environment: 'rewrite text',
      priority: 'set field',
      reporter: 'set field',
      assignee: 'set field',
      labels: 'set field',
      components: 'set field',
      'fix versions': 'set field',
      'affects versions': 'set field',
      'due date': 'set field',
      parent: 'set field',
      resolution: 'set field',
      'original estimate (minutes)': 'set field',
      'remaining estimate (minutes)': 'set field',
    },
  },
  comment: {
    missing: 'create again',
    fields: { body: 'rewrite text', 'restricted to': 'set field' },
  },
  worklog: {
    missing: 'create again',
    fields: {
      comment: 'rewrite text',
      started: 'set field',
      'time spent (minutes)': 'set field',
      'started and minutes spent': 'set field',
      'restricted to': 'set field',
    },
  },
  attachment: {
    missing: 'attach again',
    fields: {
      'file name': 'attach again',
      'size (bytes)': 'attach again',
      'content (SHA-256)': 'attach again',
    },
  },
  link: {
    missing: 'create again',
    fields: { direction: 'turn link round', parent: 'set field' },
  },
  remoteLink: {
    missing: 'create again',
    fields: {
      title: 'set field',
      url: 'set field',
      summary: 'set field',
      relationship: 'set field',
    },
  },
  watcher: { missing: 'create again', fields: {} },
  vote: nothing,
  history: nothing,
  customField: nothing,
  fieldValue: nothing,
  property: nothing,
  filter: nothing,
  dashboard: nothing,
  board: nothing,
  sprint: nothing,
}

/** Whether a repair has anything to try for an item; what really can be done is only known from the preview. */
export function mayRepair(item: {
  kind: Kind
  verdict: Verdict | null
  differences: readonly { field: string }[]
}): boolean {
  const row = repairTable[item.kind]
  if (item.verdict === 'failed') return row.missing !== null
  if (item.verdict !== 'different') return false
  return item.differences.some(({ field }) => Object.hasOwn(row.fields, field))
}
