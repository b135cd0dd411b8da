import { aboutRoutes } from './routes/about.ts'
import { agileRoutes } from './routes/agile.ts'
import { applicationRoleRoutes } from './routes/application-roles.ts'
import { attachmentRoutes } from './routes/attachments.ts'
import { categoryRoutes } from './routes/categories.ts'
import { changelogRoutes } from './routes/changelog.ts'
import { commentRoutes } from './routes/comments.ts'
import { componentRoutes } from './routes/components.ts'
import { dashboardRoutes } from './routes/dashboards.ts'
import { fieldContextRoutes } from './routes/field-contexts.ts'
import { fieldRoutes } from './routes/fields.ts'
import { filterRoutes } from './routes/filters.ts'
import { gadgetRoutes } from './routes/gadgets.ts'
import { groupRoutes } from './routes/groups.ts'
import { issueRoutes } from './routes/issues.ts'
import { jqlRoutes } from './routes/jql.ts'
import { linkRoutes } from './routes/links.ts'
import { metaRoutes } from './routes/meta.ts'
import { notificationSchemeRoutes } from './routes/notification-schemes.ts'
import { peopleRoutes } from './routes/people.ts'
import { permissionSchemeRoutes } from './routes/permission-schemes.ts'
import { projectRoutes } from './routes/projects.ts'
import { propertyRoutes } from './routes/properties.ts'
import { quickFilterRoutes } from './routes/quick-filters.ts'
import { roleRoutes } from './routes/roles.ts'
import { schemeRoutes } from './routes/schemes.ts'
import { screenRoutes } from './routes/screens.ts'
import { searchRoutes } from './routes/search.ts'
import { securitySchemeRoutes } from './routes/security-schemes.ts'
import { sprintRoutes } from './routes/sprints.ts'
import { statusRoutes } from './routes/statuses.ts'
import { transitionRoutes } from './routes/transitions.ts'
import { typeRoutes } from './routes/types.ts'
import { versionRoutes } from './routes/versions.ts'
import { watcherRoutes } from './routes/watchers.ts'
import { workflowRoutes } from './routes/workflows.ts'
import { worklogRoutes } from './routes/worklogs.ts'
import type { Route } from './site.ts'

/** All that the site answers, with the paths of the official documents. */
export const routes: Route[] = [
  ...aboutRoutes,
  ...peopleRoutes,
  ...groupRoutes,
  ...roleRoutes,
  ...categoryRoutes,
  ...typeRoutes,
  ...statusRoutes,
  ...fieldRoutes,
  ...fieldContextRoutes,
  ...screenRoutes,
  ...schemeRoutes,
  ...workflowRoutes,
  ...permissionSchemeRoutes,
  ...securitySchemeRoutes,
  ...notificationSchemeRoutes,
  ...applicationRoleRoutes,
  ...projectRoutes,
  ...componentRoutes,
  ...versionRoutes,
  ...issueRoutes,
  ...commentRoutes,
  ...attachmentRoutes,
  ...agileRoutes,
  ...sprintRoutes,
  ...dashboardRoutes,
  ...gadgetRoutes,
  ...filterRoutes,
  ...changelogRoutes,
  ...searchRoutes,
  ...worklogRoutes,
  ...watcherRoutes,
  ...transitionRoutes,
  ...propertyRoutes,
  ...metaRoutes,
  ...linkRoutes,
  ...jqlRoutes,
  ...quickFilterRoutes,
]
