import type { MigrationDetail } from '../../shared/api.ts'
import { menu } from '../../shared/help/trouble.ts'
import { isMeans, type Kind, type Means } from '../../shared/plan.ts'
import { straight } from '../../shared/straight.ts'
import { acceptanceKey, acceptancesOf } from '../ledger/acceptances.ts'
import { type Cause, causesWithFields } from '../ledger/findings.ts'
import type { LedgerDb } from '../ledger/open.ts'

/** One thing that a person should look at. */
export type Finding = MigrationDetail['findings'][number] & {
  /** How many others failed because one of its items is not there. */
  dependents: number
  /** Whether trying again can help without anybody changing anything. */
  again: boolean
  /** The label of one of its items. */
  example: string
  /** Whether its items say it in different words: then text is that of one of them. */
  varies: boolean
  /** What its items have in common, as the ledger holds it. */
  cause: Pick<Cause, 'kind' | 'verdict' | 'reasonCode' | 'fields'>
}

const gravity = { failed: 0, different: 1, leftOut: 2 }

/** What did not end verified, by cause: failed before different before left out, each biggest first. */
export async function findingsOf(db: LedgerDb, migrationId: string): Promise<Finding[]> {
  const causes = await causesWithFields(db, migrationId)
  const accepted = new Map(
    (await acceptancesOf(db, migrationId)).map((one) => [acceptanceKey(one), one]),
  )
  const withAnswer = (one: Finding): Finding => {
    const answer = accepted.get(acceptanceKey(one))
    if (!answer) return one
    const { note, who, at } = answer
    return { ...one, accepted: { note, who, at } }
  }
  return causes
    .map(finding)
    .map(withAnswer)
    .sort((a, b) => gravity[at(a)] - gravity[at(b)] || size(b) - size(a))
}

const size = (one: Finding) => one.items + one.dependents
const at = (one: Finding) => (one.verdict === 'verified' ? 'leftOut' : one.verdict)

function finding(cause: Cause): Finding {
  return {
    code: codeOf(cause),
    verdict: cause.verdict,
    kind: isMeans(cause.kind) ? servedBy[cause.kind] : cause.kind,
    text: straight(textOf(cause)),
    hint: cause.hint ?? hintFor(cause),
    items: cause.items,
    dependents: cause.dependents,
    accepted: null,
    again: cause.again === 1,
    example: straight(cause.example),
    varies: cause.texts > 1,
    cause: {
      kind: cause.kind,
      verdict: cause.verdict,
      reasonCode: cause.reasonCode,
      fields: cause.fields,
    },
  }
}

/** For whose sake a means is made: where it fails, those do not arrive. */
const servedBy: Record<Means, Kind> = {
  screens: 'project',
  issueTypeScheme: 'project',
  workflow: 'project',
  workflowScheme: 'project',
  filler: 'issue',
  progress: 'issue',
  note: 'issue',
  fillerDelete: 'issue',
  sprintClose: 'sprint',
}

function codeOf({ kind, reasonCode, fields, verdict }: Cause): string {
  const code = reasonCode ?? (fields ? `different-${slug(fields)}` : verdict)
  return isMeans(kind) ? `${kind}-${code}` : code
}

/** A means is no item of the source: the sentence says which one it was. */
const textOf = (cause: Cause): string =>
  isMeans(cause.kind)
    ? `Could not be made on the site: ${cause.example}. ${cause.text ?? sentence(cause)}`
    : (cause.text ?? sentence(cause))

const slug = (fields: string) => fields.replace(/[^\w]+/g, '-').toLowerCase()

function sentence(cause: Cause): string {
  if (cause.verdict === 'different' && cause.fields)
    return `Read back with another value in: ${cause.fields}.`
  if (cause.verdict === 'different') return 'Read back, and not equal to what was promised.'
  if (cause.verdict === 'failed') return 'Did not arrive on the site; the site gave no reason.'
  return 'Left out by the plan.'
}

/** What is said of all that was left out, where the reason says no more. */
export const announcedHint =
  'This was announced before the run. Nothing to do, unless you need it on the site.'

/** What is left out once stays so in each run of its migration: after the first, a copy is the way on. */
const fromCopy =
  'to send these files, copy the migration and choose “Only attachments” at the step Scope of the copy; a run of this one again keeps to its plan.'

/** What was left out and can still be brought, by its reason. */
const leftOutHints: Record<string, string> = {
  'no-account':
    'Invite whoever is to work on the site, and give them their groups and roles there by hand: a run of this migration again keeps to its plan.',
  'admin-group':
    'Landfall gives nobody power over a site: add to the group yourself whoever is to have it (Administration, User management).',
  'nested-group': 'Add the people of the inner group to the outer one yourself.',
  'file-missing': `Look whether the attachments folder is the right one and whole: it is data/attachments in the home folder of Jira. With that folder: ${fromCopy}`,
  'no-attachments-folder': `The folder is data/attachments in the home folder of Jira. With that folder: ${fromCopy}`,
  'file-too-large': `Raise the limit for attachments on the site (${menu.attachments}). Then, ${fromCopy}`,
}

/** What to do where whoever found the cause did not say. */
export function hintFor(cause: Pick<Cause, 'verdict' | 'again' | 'reasonCode'>): string {
  if (cause.verdict === 'different')
    return 'Compare the two values in items.csv; correct the site by hand where it matters.'
  if (cause.verdict === 'failed')
    return cause.again
      ? 'Run the migration again: what failed is tried once more, nothing is written twice.'
      : 'Remove the cause, then run the migration again; nothing is written twice.'
  return leftOutHints[cause.reasonCode ?? ''] ?? announcedHint
}

/** Words for the kinds, one and many. */
export const kindWords: Record<Kind, readonly [string, string]> = {
  user: ['person', 'people'],
  group: ['group', 'groups'],
  membership: ['group membership', 'group memberships'],
  issueType: ['issue type', 'issue types'],
  status: ['status', 'statuses'],
  priority: ['priority', 'priorities'],
  resolution: ['resolution', 'resolutions'],
  linkType: ['link type', 'link types'],
  projectCategory: ['project category', 'project categories'],
  role: ['project role', 'project roles'],
  project: ['project', 'projects'],
  roleActor: ['role member', 'role members'],
  component: ['component', 'components'],
  version: ['version', 'versions'],
  issue: ['issue', 'issues'],
  comment: ['comment', 'comments'],
  worklog: ['work log', 'work logs'],
  attachment: ['attachment', 'attachments'],
  link: ['issue link', 'issue links'],
  remoteLink: ['web link', 'web links'],
  watcher: ['watcher', 'watchers'],
  vote: ['vote', 'votes'],
  history: ['history entry', 'history entries'],
  customField: ['custom field', 'custom fields'],
  fieldValue: ['custom field value', 'custom field values'],
  property: ['property', 'properties'],
  filter: ['filter', 'filters'],
  dashboard: ['dashboard', 'dashboards'],
  board: ['board', 'boards'],
  sprint: ['sprint', 'sprints'],
}
