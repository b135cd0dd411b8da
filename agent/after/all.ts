import type { AfterCheck } from './check.ts'
import { administratorGroups } from './checks/administrator-groups.ts'
import { applicationLinks } from './checks/application-links.ts'
import { apps } from './checks/apps.ts'
import { attachments } from './checks/attachments.ts'
import { counts } from './checks/counts.ts'
import { dashboards } from './checks/dashboards.ts'
import { externalDirectory } from './checks/external-directory.ts'
import { filters } from './checks/filters.ts'
import { formerUser } from './checks/former-user.ts'
import { groupMembers } from './checks/group-members.ts'
import { historyStatuses } from './checks/history-statuses.ts'
import { links } from './checks/links.ts'
import { migratedNamesCheck } from './checks/migrated-names.ts'
import { migratedUses } from './checks/migrated-uses.ts'
import { peopleTwice } from './checks/people-twice.ts'
import { peopleWithoutAccount } from './checks/people-without-account.ts'
import { roleMembers } from './checks/role-members.ts'
import { securityLevels } from './checks/security-levels.ts'
import { sprintsAndBoards } from './checks/sprints-and-boards.ts'
import { texts } from './checks/texts.ts'
import { whoCanSee } from './checks/who-can-see.ts'

/** Every check after a migration, by group, in the order in which a screen shows them. */
export const allAfterChecks: readonly AfterCheck[] = [
  groupMembers,
  administratorGroups,
  peopleWithoutAccount,
  peopleTwice,
  externalDirectory,
  formerUser,
  migratedNamesCheck,
  migratedUses,
  counts,
  historyStatuses,
  attachments,
  texts,
  links,
  sprintsAndBoards,
  filters,
  dashboards,
  whoCanSee,
  roleMembers,
  securityLevels,
  applicationLinks,
  apps,
]
