import type { SnapshotInfo } from '../../../shared/record.ts'
import { check, fine, warn } from './check.ts'

/**
 * Majors of Jira that were truly read (facts on Jira backups): real backups of 3 to 8 (the newest came from 8.22),
 * and recorded answers of live servers of 4 to 7. All else was read from documents alone.
 */
const read: Readonly<
  Record<SnapshotInfo['sourceKind'], { from: number; to: number; what: string }>
> = {
  backup: { from: 3, to: 8, what: 'Backups of Jira 3 to 8' },
  datacenter: { from: 4, to: 7, what: 'Answers of live servers of Jira 4 to 7' },
}

/** Since 7.2 build numbers begin with the version: 806001 is 8.6.1. A source can lie about one, hardly about both. */
const buildsAMajor = 100_000

export const sourceVersion = check({
  key: 'source-version',
  group: 'system',
  title: 'Version of the source',
  worst: 'warning',
  canOverride: true,
  say(_none, { snapshot }) {
    const { version, build, sourceKind } = snapshot.info()
    const { from, to, what } = read[sourceKind]
    const major = Number(/^\d+/.exec(version ?? '')?.[0] ?? Number.NaN)
    const hint = 'Rehearse it with the practice site, and look at what is left out.'
    if (Number.isNaN(major))
      return warn(
        `The source does not tell its version${build ? ` (build ${build})` : ''}: it is probably older than Jira 4.`,
        hint,
      )
    if (major > to || Number(build) >= (to + 1) * buildsAMajor)
      return warn(
        `The source is Jira ${version}${build ? ` (build ${build})` : ''}. ${what} were read so far; newer ones have the same form as far as it is documented, but none has been seen.`,
        hint,
      )
    if (major < from)
      return warn(
        `The source is Jira ${version}, which is older than any that was read. ${what} were.`,
        hint,
      )
    return fine(`Jira ${version} is among the versions that were read (${from} to ${to}).`)
  },
})
