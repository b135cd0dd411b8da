import { viewProblem } from '../shared/problem.ts'
import type { SiteReading } from './cloud/reading.ts'
import type { SiteMore } from './plan/checks/check.ts'
import { neededPermissions } from './plan/checks/token-permissions.ts'

export type MoreReading = Pick<
  SiteReading,
  'forChecks' | 'applicationRoles' | 'defaultNotifications' | 'latencyMs'
>

/** What checks ask a site for beside its facts. What the account may not see makes a check incomplete, not the run fail. */
export async function siteMore(read: MoreReading): Promise<SiteMore> {
  const [told, seats, mails] = await Promise.all([
    read.forChecks(Object.keys(neededPermissions)),
    read.applicationRoles().then(
      (applications) => ({ applications }),
      (error: unknown) => ({ problem: viewProblem(error) }),
    ),
    read.defaultNotifications().then(
      (scheme) => ({ scheme }),
      (error: unknown) => ({ problem: viewProblem(error) }),
    ),
  ])
  return { ...told, seats, mails, latencyMs: read.latencyMs() }
}

/** The same where no site was named: nothing is in the way there. */
export const noSiteMore: SiteMore = {
  permissions: Object.fromEntries(Object.keys(neededPermissions).map((key) => [key, true])),
  fields: [],
  projects: 0,
  seats: { applications: [] },
  mails: { scheme: null },
  latencyMs: null,
}
