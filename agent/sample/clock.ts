/** Wall-clock times as Jira writes them: no offset, one to three digits of a second. */
export const wall = (ms: number): string =>
  new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/0{0,2}Z$/, '')

export const day = (ms: number): string => `${new Date(ms).toISOString().slice(0, 10)} 00:00:00.0`

export const hour = 3_600_000
export const oneDay = 24 * hour
/** The sample's first working day. All its times are wall-clock times of the company's server. */
export const begin = Date.UTC(2022, 2, 7, 8, 0)
