import type { SiteClient } from './client.ts'
import type { SiteReading } from './reading.ts'
import { readAccess } from './reading-access.ts'
import { readForAfter } from './reading-after.ts'
import { readAgile } from './reading-agile.ts'
import { readForChecks } from './reading-checks.ts'
import { readContent } from './reading-content.ts'
import { readDashboards } from './reading-dashboards.ts'
import { readFacts } from './reading-facts.ts'
import { readFields } from './reading-fields.ts'
import { readFrame } from './reading-frame.ts'
import { readInFull } from './reading-full.ts'
import { readIssues } from './reading-issues.ts'
import { readOwned } from './reading-owned.ts'
import { readPeople } from './reading-people.ts'
import { readProjects } from './reading-projects.ts'
import { readSchemes } from './reading-schemes.ts'
import { readShares } from './reading-shares.ts'

/** What is known of the site from connecting to it. */
export interface KnownSite {
  url: string
  me: { accountId: string; displayName: string }
  cloudId(): Promise<string>
}

/** The reading half of a site, put together from its areas. told: what is known of the requests so far. */
export function createReading(
  client: SiteClient,
  known: KnownSite,
  told: Pick<SiteReading, 'requests' | 'latencyMs'>,
): SiteReading {
  const frame = readFrame(client)
  const fields = readFields(client)
  const people = readPeople(client)
  const projects = readProjects(client)
  const access = readAccess(client)
  const agile = readAgile(client, known.me)
  const dashboards = readDashboards(client, known.me)
  return {
    ...frame,
    ...fields,
    ...access,
    ...agile,
    ...dashboards,
    ...readIssues(client),
    ...readContent(client),
    ...readForChecks(client),
    ...readForAfter(client),
    ...readInFull(client),
    ...readSchemes(client),
    ...readShares(client),
    accounts: people.accounts,
    findAccounts: people.findAccounts,
    project: projects.project,
    components: projects.components,
    versions: projects.versions,
    facts: readFacts(client, known, {
      ...{ frame, fields, people, projects, access, dashboards },
      owned: readOwned(client, known.me, agile, dashboards),
    }),
    ...told,
  }
}
