import type { PlannedItem, PlannedKind, Promises } from '../../shared/plan.ts'

/** Requests to the site, in shares: an issue of a request of fifty is a fiftieth. */
export interface Requests {
  writes: number
  reads: number
}

const some = (writes: number, reads: number): Requests => ({ writes, reads })
const none = some(0, 0)
/** The same for each item of a kind. */
const each = (writes: number, reads: number) => () => some(writes, reads)

/**
 * How often a run asks, whatever moves: the facts of the site (agent/cloud/reading.ts `facts`, 21 lists and
 * settings), its account (4), and the lists of names when they are first needed and when they are read back (8).
 */
export const alwaysReads = 33

/** A name is looked for before it is made, for nothing is made twice (agent/push/senders/frame.ts `byName`). */
const named = each(1, 1)

/** Fields on the one screen that all projects get, each put on it with a request of its own (agent/cloud/writing-schemes). */
const screenFields = 15

/**
 * What an item of each kind costs a run. Issues go 50 to a request and are read back 100 at a time, with comments,
 * work logs and links; statuses go 50 to a request (agent/push/sender.ts `batchSizes`); people are only looked up.
 */
const costs: { [K in PlannedKind]?: (promise: Promises[K]) => Requests } = {
  user: each(0, 1),
  group: named,
  membership: each(1, 0),
  issueType: named,
  status: each(1 / 50, 0),
  priority: named,
  resolution: named,
  linkType: named,
  projectCategory: named,
  role: named,
  // A group is looked up by its name, and who is in the role already, before and after (agent/push/senders/access.ts).
  roleActor: ({ actor }) => some(1, 'accountId' in actor ? 2 : 3),
  issueTypeScheme: named,
  workflow: named,
  workflowScheme: named,
  // Screen, screen scheme and issue type screen scheme, and what is looked at before.
  screens: each(3 + screenFields, 6),
  // Whether its key is free, statuses and issue types for its schemes, and back: itself, components, versions, keys.
  project: each(1, 7),
  component: each(1, 0),
  version: each(1, 0),
  // Itself and its place on the screen; by name, its contexts, and where on the screen (agent/cloud/writing-fields).
  customField: ({ options }) => (options.length > 0 ? some(3, 8) : some(2, 5)),
  issue: each(1 / 50, 1 / 100),
  filler: each(1 / 50, 0),
  // Looked at before: only our own empty issues are deleted.
  fillerDelete: each(1, 1 / 100),
  // Where the issue stands by then; a transition, and an edit for the resolution.
  progress: ({ resolution }) => some(resolution === null ? 1 : 2, 1),
  comment: each(1, 0),
  note: each(1, 0),
  worklog: each(1, 0),
  // Read back whole.
  attachment: each(1, 1),
  // A sub-task hangs on its parent from the beginning.
  link: ({ type }) => some(type === 'jira_subtask' ? 0 : 1, 1 / 50),
  remoteLink: each(1, 0),
  watcher: each(1, 0),
  // Looked for by its name, and once more whether that is still free; then read back.
  filter: each(1, 3),
  dashboard: ({ gadgets }) => some(1 + 2 * gadgets.length, 4 + gadgets.length),
  board: each(1, 3),
  // Made, and given its issues.
  sprint: each(2, 2),
  sprintClose: each(1, 1),
}

/** Of these an issue's own ones go out together, or are read back together. */
const perIssue: Partial<Record<PlannedKind, Requests>> = {
  fieldValue: some(1, 0),
  watcher: some(0, 1),
  remoteLink: some(0, 1),
}

/** Counts what a plan's items cost while it passes by; items of one issue and kind follow each other there. */
export function createRequests() {
  const last = new Map<PlannedKind, string | null>()

  return {
    /** What this item costs. What is left out costs nothing, but people are looked up to know that. */
    of<K extends PlannedKind>(item: PlannedItem<K>): Requests {
      const { kind, promise, leftOut, issueKey } = item
      if (leftOut) return kind === 'user' ? some(0, 1) : none
      const own = costs[kind]?.(promise) ?? none
      const together = perIssue[kind]
      if (!together || last.get(kind) === issueKey) return own
      last.set(kind, issueKey)
      return some(own.writes + together.writes, own.reads + together.reads)
    },
  }
}
