import type { Kind, PlannedKind } from '../../shared/plan.ts'
import type { Verdict } from '../../shared/status.ts'

/** Why a field is not repaired, and what to do instead. */
export const fieldByHand: Readonly<Record<string, string>> = {
  status:
    'A status is reached by a transition of the workflow, not by an edit: move the issue on its board or page.',
  'issue type': 'Changing a type can drop fields: use Move on the issue.',
  key: 'A key is given when an issue is created and cannot be set.',
  origin:
    'The note of where the issue came from is missing; run the migration again to read it anew.',
  author:
    'The site does not let anybody set who made it: it stands in the first line of the text, or nowhere.',
  creator: 'The site does not let anybody set who made an issue.',
  created: 'The site does not let anybody set when it was made.',
  updated: 'The site sets this time itself.',
  resolved: 'The site sets this time itself.',
  copies: 'It is there more than once: delete the copy that you do not want on the issue.',
  'empty issues':
    'Let the account of the token delete issues in the project, then run the migration again, or delete them by hand.',
  'added comment': 'Run the migration again: the comment that was refused is sent once more.',
}

const again = 'Run the migration again: what is missing is sent, and nothing is written twice.'
const frame = 'Change it in the settings of the site, then verify again.'
const kindByHand: Readonly<Record<Kind, string>> = {
  user: 'Invite the person to the site (or correct the address), then verify again.',
  group: again,
  membership: 'Add the person to the group in the administration of the site, then verify again.',
  issueType: frame,
  status: frame,
  priority: frame,
  resolution: frame,
  linkType: frame,
  projectCategory: frame,
  role: frame,
  project: 'Change it in the settings of the project, then verify again.',
  roleActor: 'Add it on the page People of the project settings, then verify again.',
  component: 'Change it on the page Components of the project, then verify again.',
  version: 'Change it on the page Releases of the project, then verify again.',
  issue: `A number can only be given in the order of creation. ${again}`,
  comment: again,
  worklog: again,
  attachment: again,
  link: 'Look at the links of both issues and fix them there.',
  remoteLink: 'Edit the link on the issue, then verify again.',
  watcher: again,
  vote: 'A vote can be given by its own voter only.',
  history: 'The site takes no history; the original is shown beside the issue.',
  customField: frame,
  fieldValue: `Set the value on the issue. ${again}`,
  property: again,
  filter: 'Edit the filter on its page, then verify again.',
  dashboard: 'Edit the dashboard on its page, then verify again.',
  board: 'Change it in the settings of the board, then verify again.',
  sprint: 'Change it on the board, then verify again.',
}

/** Why an item as a whole is not repaired, and what to do instead. */
export function handWords(item: { kind: PlannedKind; verdict: Verdict | null }): string {
  if (item.verdict === 'leftOut')
    return 'It was left out for a reason that was told before the run; change that, then run the migration again.'
  if (item.verdict === null) return 'It is on its way: wait until it was read back.'
  // Means are no items of the source: they come and go with a run.
  return item.kind in kindByHand ? kindByHand[item.kind as Kind] : again
}
