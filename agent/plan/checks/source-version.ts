import { check, fine, warn } from './check.ts'

/** Majors of Jira whose backups were read: real ones of 3 to 7, and 8 to 10, which have the same form. */
const oldest = 3
const newest = 10
/** The build number that Jira 10 has begun with is 10,000,000; a source can lie about its version, hardly about both. */
const newestBuild = 11_000_000

export const sourceVersion = check({
  key: 'source-version',
  group: 'system',
  title: 'Version of the source',
  worst: 'warning',
  canOverride: true,
  say(_none, { snapshot }) {
    const { version, build } = snapshot.info()
    const major = Number(/^\d+/.exec(version ?? '')?.[0] ?? Number.NaN)
    const hint = 'Rehearse it with the practice site, and look at what is left out.'
    if (Number(build) >= newestBuild)
      return warn(`The source says build ${build}, which is newer than any that was tested.`, hint)
    if (Number.isNaN(major))
      return warn(
        `The source does not tell its version${build ? ` (build ${build})` : ''}: it is probably older than Jira 4.`,
        hint,
      )
    if (major < oldest || major > newest)
      return warn(
        `The source is Jira ${version}; Landfall was tested with ${oldest} to ${newest}.`,
        hint,
      )
    return fine(`Jira ${version} is among the versions that were tested (${oldest} to ${newest}).`)
  },
})
