import { DateTime } from 'luxon'

/** How the source's clock is known; a Survey is one. */
export interface Clock {
  /** Whether the source tells in which zone its clock stood. */
  isZoneKnown: boolean
  timeZone: string
}

/** Programs cut seconds or thousandths of them off. */
const toleranceMs = 60_000
const quarterMs = 15 * 60_000
/** No zone of the world is further from another (UTC+14 and UTC-12). */
const furthestMs = 26 * 3_600_000

/**
 * Whether two times are the same. Where the source does not say in which zone its clock stood, whole quarter
 * hours may lie between them, as between any two zones.
 */
export function sameTime(
  held: string | null | undefined,
  site: string | null | undefined,
  clock: Clock,
): boolean {
  if (!held || !site) return !held && !site
  const apart = Math.abs(Date.parse(held) - Date.parse(site))
  if (Number.isNaN(apart)) return false
  if (apart < toleranceMs) return true
  // In the hour that a clock skips or shows twice, a wall-clock time has two readings.
  if (clock.isZoneKnown && isNearChange(Date.parse(held), clock.timeZone))
    return Math.abs(apart - hourMs) < toleranceMs
  if (clock.isZoneKnown || apart > furthestMs) return false
  const rest = apart % quarterMs
  return rest < toleranceMs || quarterMs - rest < toleranceMs
}

const hourMs = 3_600_000

function isNearChange(ms: number, zone: string): boolean {
  const offset = (at: number) => DateTime.fromMillis(at, { zone }).offset
  return offset(ms - 2 * hourMs) !== offset(ms + 2 * hourMs)
}

/** A time for a person, the same for both sides: in UTC, to the second. */
export const shownTime = (time: string | null | undefined): string => {
  const ms = Date.parse(time ?? '')
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}
