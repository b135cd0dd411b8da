import { must } from '../../../shared/assert.ts'
import type { PlannedKind } from '../../../shared/plan.ts'
import type { Sender } from '../sender.ts'
import { group, membership, projectCategory, role, roleActor } from './access.ts'
import { attachment, comment, link, remoteLink, watcher, worklog } from './content.ts'
import { customField, fieldValue } from './fields.ts'
import {
  issueType,
  issueTypeScheme,
  linkType,
  priority,
  resolution,
  screens,
  status,
  workflow,
  workflowScheme,
} from './frame.ts'
import { fillerDelete, issue, progress } from './issues.ts'
import { component, project, user, version } from './projects.ts'

/** Every kind that is ever sent; a kind that is missing here can only be left out by the plan. */
const senders: Partial<Record<PlannedKind, Sender>> = {
  user,
  group,
  membership,
  projectCategory,
  role,
  roleActor,
  issueType,
  status,
  priority,
  resolution,
  linkType,
  screens,
  issueTypeScheme,
  workflow,
  workflowScheme,
  project,
  component,
  version,
  issue,
  progress,
  customField,
  fieldValue,
  comment,
  note: comment,
  worklog,
  attachment,
  link,
  remoteLink,
  watcher,
  fillerDelete,
}

export const senderOf = (kind: PlannedKind): Sender =>
  must(senders[kind], `Nothing knows how to send a ${kind}.`)
