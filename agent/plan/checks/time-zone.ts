import { check, fine, warn } from './check.ts'

export const timeZone = check({
  key: 'time-zone',
  group: 'system',
  title: 'Time zone of the source',
  worst: 'warning',
  canOverride: true,
  say(_none, { snapshot, options }) {
    const { timeZone: found, timeZoneFrom } = snapshot.info()
    if (options.timeZone) return fine(`Times are read in ${options.timeZone}, as you said.`)
    if (timeZoneFrom === 'assumed')
      return warn(
        `Nothing in the source tells its time zone; its times are read as ${found}.`,
        'Say the time zone of the old server in the migration; all times that are kept as text depend on it.',
      )
    if (timeZoneFrom === 'field times')
      return warn(
        `The time zone ${found} was worked out from the times in the source.`,
        'Compare one time with the old Jira; say the right zone in the migration if it differs.',
      )
    return fine(`Times are read in ${found}.`)
  },
})
