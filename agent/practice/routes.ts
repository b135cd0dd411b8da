import { aboutRoutes } from './routes/about.ts'
import { attachmentRoutes } from './routes/attachments.ts'
import { commentRoutes } from './routes/comments.ts'
import { componentRoutes } from './routes/components.ts'
import { issueRoutes } from './routes/issues.ts'
import { peopleRoutes } from './routes/people.ts'
import { projectRoutes } from './routes/projects.ts'
import { schemeRoutes } from './routes/schemes.ts'
import { screenRoutes } from './routes/screens.ts'
import { statusRoutes } from './routes/statuses.ts'
import { typeRoutes } from './routes/types.ts'
import { versionRoutes } from './routes/versions.ts'
import { workflowRoutes } from './routes/workflows.ts'
import type { Route } from './site.ts'

/** All that the site answers, with the paths of the official documents. */
export const routes: Route[] = [
  ...aboutRoutes,
  ...peopleRoutes,
  ...typeRoutes,
  ...statusRoutes,
  ...screenRoutes,
  ...schemeRoutes,
  ...workflowRoutes,
  ...projectRoutes,
  ...componentRoutes,
  ...versionRoutes,
  ...issueRoutes,
  ...commentRoutes,
  ...attachmentRoutes,
]
