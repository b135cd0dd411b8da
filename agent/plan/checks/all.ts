import { appData } from './app-data.ts'
import { appFields } from './app-fields.ts'
import { appsUndecided } from './apps-undecided.ts'
import { type AnyCheck, withAccounts } from './check.ts'
import { crowdedIssues } from './crowded-issues.ts'
import { dangling } from './dangling.ts'
import { disk } from './disk.ts'
import { duplicateFields } from './duplicate-fields.ts'
import { fieldTypes } from './field-types.ts'
import { filesMissing } from './files-missing.ts'
import { filesTooLarge } from './files-too-large.ts'
import { filesWithoutRows } from './files-without-rows.ts'
import { groupsMerge } from './groups-merge.ts'
import { issueTypes } from './issue-types.ts'
import { jqlNames } from './jql-names.ts'
import { linkTypes } from './link-types.ts'
import { longTexts } from './long-texts.ts'
import { memory } from './memory.ts'
import { notGiven } from './not-given.ts'
import { notifications } from './notifications.ts'
import { ownedNames } from './owned-names.ts'
import { duplicateAddress } from './people-duplicate-address.ts'
import { invalidAddress } from './people-invalid-address.ts'
import { withoutAccount } from './people-without-account.ts'
import { withoutAddress } from './people-without-address.ts'
import { priorities } from './priorities.ts'
import { projectKey } from './project-key.ts'
import { projectLead } from './project-lead.ts'
import { projectTaken } from './project-taken.ts'
import { readAge } from './read-age.ts'
import { resolutions } from './resolutions.ts'
import { restricted } from './restricted.ts'
import { scopeMissing } from './scope.ts'
import { seatsOfPlan } from './seats.ts'
import { secretIssues } from './secret-issues.ts'
import { siteLimits } from './site-limits.ts'
import { siteReachable } from './site-reachable.ts'
import { sourceVersion } from './source-version.ts'
import { statuses } from './statuses.ts'
import { stoppedNames } from './stopped-names.ts'
import { timeZone } from './time-zone.ts'
import { tokenPermissions } from './token-permissions.ts'
import { workflows } from './workflows.ts'

/** Every check, in the order in which a screen shows them. */
export const allChecks: readonly AnyCheck[] = [
  disk,
  memory,
  sourceVersion,
  readAge,
  timeZone,
  siteReachable,
  tokenPermissions,
  siteLimits,
  withAccounts(seatsOfPlan),
  withAccounts(notifications),
  withoutAddress,
  invalidAddress,
  duplicateAddress,
  withAccounts(withoutAccount),
  withAccounts(groupsMerge),
  scopeMissing,
  notGiven,
  projectKey,
  projectTaken,
  withAccounts(projectLead),
  workflows,
  issueTypes,
  statuses,
  priorities,
  resolutions,
  linkTypes,
  stoppedNames,
  longTexts,
  crowdedIssues,
  dangling,
  restricted,
  secretIssues,
  fieldTypes,
  duplicateFields,
  filesMissing,
  filesTooLarge,
  filesWithoutRows,
  withAccounts(jqlNames),
  ownedNames,
  appFields,
  appData,
  appsUndecided,
]
