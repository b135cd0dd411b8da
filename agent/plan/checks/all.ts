import { appData } from './app-data.ts'
import type { AnyCheck } from './check.ts'
import { crowdedIssues } from './crowded-issues.ts'
import { dangling } from './dangling.ts'
import { disk } from './disk.ts'
import { appFields, duplicateFields, fieldTypes } from './fields.ts'
import { filesMissing, filesTooLarge, filesWithoutRows } from './files.ts'
import { groupsMerge } from './groups-merge.ts'
import { jqlNames } from './jql-names.ts'
import { longTexts } from './long-texts.ts'
import { memory } from './memory.ts'
import { namesOnSite } from './names-on-site.ts'
import { notifications } from './notifications.ts'
import { duplicateAddress, invalidAddress, withoutAccount, withoutAddress } from './people.ts'
import { projectKey, projectLead, projectTaken, scopeMissing, workflows } from './projects.ts'
import { restricted } from './restricted.ts'
import { siteLimits } from './site-limits.ts'
import { siteReachable } from './site-reachable.ts'
import { sourceVersion } from './source-version.ts'
import { timeZone } from './time-zone.ts'
import { tokenPermissions } from './token-permissions.ts'

/** Every check, in the order in which a screen shows them. */
export const allChecks: readonly AnyCheck[] = [
  disk,
  memory,
  sourceVersion,
  timeZone,
  siteReachable,
  tokenPermissions,
  siteLimits,
  notifications,
  withoutAddress,
  invalidAddress,
  duplicateAddress,
  withoutAccount,
  groupsMerge,
  scopeMissing,
  projectKey,
  projectTaken,
  projectLead,
  workflows,
  ...namesOnSite,
  longTexts,
  crowdedIssues,
  dangling,
  restricted,
  fieldTypes,
  duplicateFields,
  filesMissing,
  filesTooLarge,
  filesWithoutRows,
  jqlNames,
  appFields,
  appData,
]
