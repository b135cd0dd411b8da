import {
  getAllApplicationRoles,
  getAssignedPermissionScheme,
  getIssueSecurityLevelMembers,
  getNotificationSchemeForProject,
  getNotificationSchemes,
  getProjectIssueSecurityScheme,
} from 'jira.js/cloud'
import * as v from 'valibot'
import type { Holder } from '../../shared/holders.ts'
import type { NotificationScheme } from '../../shared/site-schemes.ts'
import { read, type SiteClient } from './client.ts'
import { SiteRefusal } from './problems.ts'
import type { SiteReading } from './reading.ts'
import { everyPage, Id, Text } from './reading-pages.ts'

const HolderBody = v.object({
  type: v.string(),
  parameter: v.nullish(v.string()),
  value: v.nullish(v.string()),
})
const PermissionScheme = v.object({
  id: Id,
  name: v.string(),
  permissions: v.optional(v.array(v.object({ permission: v.string(), holder: HolderBody })), []),
})
const SecurityScheme = v.object({
  id: Id,
  name: Text,
  defaultSecurityLevelId: v.nullish(Id, null),
  levels: v.optional(v.array(v.object({ id: Id, name: Text })), []),
})
const Member = v.object({ issueSecurityLevelId: Id, holder: HolderBody })
const Notifications = v.object({
  id: Id,
  name: Text,
  notificationSchemeEvents: v.optional(
    v.array(
      v.object({
        event: v.object({ id: Id, name: Text }),
        notifications: v.optional(
          v.array(
            v.object({ notificationType: v.string(), parameter: v.nullish(v.string(), null) }),
          ),
          [],
        ),
      }),
    ),
    [],
  ),
})
const ApplicationRole = v.object({
  key: v.string(),
  name: Text,
  groups: v.optional(v.array(v.string()), []),
  defaultGroups: v.optional(v.array(v.string()), []),
  numberOfSeats: v.nullish(v.number(), null),
  remainingSeats: v.nullish(v.number(), null),
  userCount: v.nullish(v.number(), null),
  hasUnlimitedSeats: v.optional(v.boolean(), false),
})

type Schemes = Pick<
  SiteReading,
  | 'permissionScheme'
  | 'securityScheme'
  | 'notificationScheme'
  | 'defaultNotifications'
  | 'applicationRoles'
>

/** Who may see and do what on the site, who is told, and how many may use it. */
export function readSchemes(client: SiteClient): Schemes {
  return {
    async permissionScheme(projectKey) {
      const answer = await getAssignedPermissionScheme(client, {
        projectKeyOrId: projectKey,
        expand: 'all',
      })
      const endpoint = 'GET /rest/api/3/project/{key}/permissionscheme'
      const { id, name, permissions } = read(PermissionScheme, answer, endpoint)
      return {
        id,
        name,
        grants: permissions.map((one) => ({
          permission: one.permission,
          holder: held(one.holder),
        })),
      }
    },

    async securityScheme(projectKey) {
      const asked = { projectKeyOrId: projectKey }
      const answer = await getProjectIssueSecurityScheme(client, asked).catch(noneWhere404)
      if (answer === null) return null
      const endpoint = 'GET /rest/api/3/project/{key}/issuesecuritylevelscheme'
      const scheme = read(SecurityScheme, answer, endpoint)
      const members = await everyPage(
        Member,
        'GET /rest/api/3/issuesecurityschemes/{id}/members',
        (startAt) =>
          getIssueSecurityLevelMembers(client, {
            issueSecuritySchemeId: Number(scheme.id),
            startAt,
            maxResults: 50,
          }),
      )
      return {
        id: scheme.id,
        name: scheme.name,
        defaultLevelId: scheme.defaultSecurityLevelId,
        levels: scheme.levels.map((level) => ({
          ...level,
          members: members
            .filter((one) => one.issueSecurityLevelId === level.id)
            .map((one) => held(one.holder)),
        })),
      }
    },

    async notificationScheme(projectKey) {
      const answer = await getNotificationSchemeForProject(client, {
        projectKeyOrId: projectKey,
        expand: 'notificationSchemeEvents',
      }).catch(noneWhere404)
      if (answer === null) return null
      const endpoint = 'GET /rest/api/3/project/{key}/notificationscheme'
      return notifying(read(Notifications, answer, endpoint))
    },

    async defaultNotifications() {
      const all = await everyPage(Notifications, 'GET /rest/api/3/notificationscheme', (startAt) =>
        getNotificationSchemes(client, {
          startAt: String(startAt),
          maxResults: '50',
          expand: 'all',
        }),
      )
      const found = all.find((one) => one.name === defaultScheme) ?? all[0]
      return found ? notifying(found) : null
    },

    async applicationRoles() {
      const answer = await getAllApplicationRoles(client)
      const roles = read(v.array(ApplicationRole), answer, 'GET /rest/api/3/applicationrole')
      return roles.map(
        ({ numberOfSeats, remainingSeats, userCount, hasUnlimitedSeats, ...role }) => ({
          ...role,
          unlimited: hasUnlimitedSeats,
          seats: hasUnlimitedSeats ? null : numberOfSeats,
          left: hasUnlimitedSeats ? null : remainingSeats,
          users: userCount,
        }),
      )
    },
  }
}

/**
 * "The default notification scheme is associated with all new projects by default" (Atlassian, "Configure
 * notification schemes"). Its name can be changed; then the oldest is taken.
 */
const defaultScheme = 'Default Notification Scheme'

const notifying = ({
  id,
  name,
  notificationSchemeEvents,
}: v.InferOutput<typeof Notifications>): NotificationScheme => ({
  id,
  name,
  events: notificationSchemeEvents.map(({ event, notifications }) => ({
    ...event,
    recipients: notifications.map((one) => ({
      type: one.notificationType,
      parameter: one.parameter,
    })),
  })),
})

/** A group is told by its name, which the source knows too; its parameter is that name. */
const held = ({ type, parameter, value }: v.InferOutput<typeof HolderBody>): Holder => ({
  type,
  parameter: (type === 'group' ? (parameter ?? value) : (value ?? parameter)) ?? null,
})

/** A project without such a scheme, which the site answers like one that is not there. */
function noneWhere404(error: unknown): null {
  if (error instanceof SiteRefusal && error.status === 404) return null
  throw error
}
