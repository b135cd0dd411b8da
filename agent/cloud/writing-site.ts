import type { SiteClient } from './client.ts'
import type { SiteWriting } from './writing.ts'
import { writeAccess } from './writing-access.ts'
import { writeAgile } from './writing-agile.ts'
import { writeContent } from './writing-content.ts'
import { writeDashboards } from './writing-dashboards.ts'
import { writeFields } from './writing-fields.ts'
import { writeFrame } from './writing-frame.ts'
import { writeIssues } from './writing-issues.ts'
import { writeProjects } from './writing-projects.ts'
import { writeScreens } from './writing-screens.ts'
import { writeWorkflows } from './writing-workflows.ts'

/** The writing half of a site, put together from its areas. */
export function createWriting(client: SiteClient): SiteWriting {
  return {
    ...writeFrame(client),
    ...writeAccess(client),
    ...writeAgile(client),
    ...writeDashboards(client),
    ...writeFields(client),
    ...writeScreens(client),
    ...writeWorkflows(client),
    ...writeProjects(client),
    ...writeIssues(client),
    ...writeContent(client),
  }
}
