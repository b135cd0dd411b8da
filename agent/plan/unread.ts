import type { Reason } from '../../shared/plan.ts'
import type { HowRead, ProjectReading, SnapshotInfo } from '../../shared/record.ts'
import { reason } from './item.ts'

/** Why a live source gave nothing of a project, as a person says it. */
export const whyUnread: Record<Exclude<HowRead, 'read'>, (key: string) => string> = {
  'not-chosen': (key) => `The issues of ${key} were not read: other projects were chosen then.`,
  archived: (key) =>
    `${key} is archived: Jira gives its issues to nobody, so they could not be read. Restore it at the source and read it again.`,
  'not-searched': (key) =>
    `Jira does not let this account search ${key}, so its issues could not be read. Read it again as an administrator.`,
}

/** What a live source gave of each project, by key; nothing of a backup, which holds all it has. */
export const readingsOf = ({ live }: SnapshotInfo): ReadonlyMap<string, ProjectReading> =>
  new Map(live?.projects.map((one) => [one.key, one]))

/** A project that was not read does not move: it would arrive empty, and look fine. */
export function notRead(reading: ProjectReading | undefined): Reason | null {
  if (!reading || reading.how === 'read') return null
  return reason('not-read', whyUnread[reading.how](reading.key))
}

/** The issues of a project that Jira counted and did not give, in words; null where it gave them all. */
export function missingIssues({ tooLarge, notFound }: ProjectReading): string | null {
  const parts = [
    ...(tooLarge > 0 ? [`${issues(tooLarge)} too large to be answered`] : []),
    ...(notFound > 0
      ? [`${issues(notFound)} counted, but not listed (its search index is to be rebuilt)`]
      : []),
  ]
  return parts.length === 0 ? null : `Jira did not give all of it: ${parts.join('; ')}.`
}

const issues = (n: number) => `${n} ${n === 1 ? 'issue is' : 'issues are'}`
