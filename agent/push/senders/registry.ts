import { must } from '../../../shared/assert.ts'
import type { PlannedKind } from '../../../shared/plan.ts'
import type { ItemRow } from '../../ledger/items.ts'
import type { Sender } from '../sender.ts'
import { group, membership, projectCategory, role, roleActor } from './access.ts'
import { board, isSprintValue, sprint, sprintClose, sprintValue } from './agile.ts'
import { attachment, comment, link, remoteLink, watcher, worklog } from './content.ts'
import { dashboard } from './dashboards.ts'
import { customField, fieldValue } from './fields.ts'
import { filter } from './filters.ts'
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

/** Sprints are values of a field at the source, and what boards do on the site. */
const valuesOf = (items: ItemRow[]) => (items.some(isSprintValue) ? sprintValue : fieldValue)

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
  fieldValue: {
    find: (ctx, items) => valuesOf(items).find(ctx, items),
    send: (ctx, items) => valuesOf(items).send(ctx, items),
  },
  filter,
  board,
  sprint,
  sprintClose,
  dashboard,
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
