import { DateTime } from 'luxon'

/** Reads the source's wall-clock texts in its zone. Garbage stays readable: nothing here throws. */
export interface Times {
  /** ISO with milliseconds and offset; null when the text is no time. */
  iso(wall: string | null): string | null
  /** "7 Jan 2008, 16:24", as the source's clock showed it; the text itself when it is no time. */
  person(wall: string | null): string | null
  /** "2008-01-07" of a date-only value (midnight by the source's clock); null when it is no date. */
  day(wall: string | null): string | null
}

/** zone: an IANA name or a fixed offset as luxon knows it ("UTC+08:00"); an unknown one is read as UTC. */
export function createTimes(zone: string): Times {
  const known = DateTime.fromObject({ year: 2020 }, { zone }).isValid ? zone : 'UTC'
  const parse = (wall: string) => {
    const value = wall.trim()
    const sql = DateTime.fromSQL(value, { zone: known, setZone: true, locale: 'en' })
    return sql.isValid ? sql : DateTime.fromISO(value, { zone: known, locale: 'en' })
  }
  return {
    iso: (wall) => (wall ? parse(wall).toISO() : null),
    person: (wall) => {
      if (!wall) return null
      const time = parse(wall)
      return time.isValid ? time.setLocale('en').toFormat('d LLL y, HH:mm') : wall.trim()
    },
    day: (wall) => {
      const day = wall?.trim().slice(0, 10) ?? ''
      return /^\d{4}-\d\d-\d\d$/.test(day) && DateTime.fromISO(day).isValid ? day : null
    },
  }
}
