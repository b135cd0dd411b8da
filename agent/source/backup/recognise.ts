import { createHash } from 'node:crypto'
import { Problem } from '../../../shared/problem.ts'
import { isZone, zoneFromClock } from './time-zone.ts'

/** What a backup's opening comment and root tell of it. */
export interface Header {
  version: string | null
  build: string | null
  serverId: string | null
  baseUrl: string | null
  /** "Monday, February 9, 2015 12:01:52 PM CET", in the locale of the server. */
  exportedOn: string | null
  javaZone: string | null
}

/** Reads the opening comment. It is prose for support people: each line "name : value". */
export function readHeader(comment: string): Header {
  const line = (name: RegExp) => {
    const found = new RegExp(`^\\s*(?:${name.source})\\s*:[ \\t]*(.*\\S)`, 'im').exec(comment)
    return found?.[1] ?? null
  }
  const build = /^\s*JIRA Build\s*:\s*([^#\s]+)#(\d+)/im.exec(comment)
  const old = /(?:Edition, )?Version\s*:\s*(\d[\w.-]*)-#(\d+)/i.exec(comment)
  const zones = [/-Duser\.timezone=(\S+)/.exec(comment)?.[1], line(/user\.timezone/)]
  return {
    version: build?.[1] ?? old?.[1] ?? null,
    build: build?.[2] ?? old?.[2] ?? null,
    serverId: line(/Server ID/),
    baseUrl: line(/Base URL/),
    exportedOn: /^\s*on\s*:\s*(.*\S)/im.exec(comment)?.[1] ?? null,
    javaZone:
      zones.find((zone): zone is string => typeof zone === 'string' && isZone(zone)) ?? null,
  }
}

/** A Jira Cloud export says so in its opening comment. Throws a Problem source-is-cloud. */
export function refuseCloud(comment: string, label: string): void {
  if (
    /Exported for\b.*\bcloud/i.test(comment) ||
    /(?:Build|Version)\s*:\s*1001\.0\.0-SNAPSHOT/i.test(comment)
  )
    throw isCloud(label)
}

export function isCloud(label: string): Problem {
  return new Problem(
    'source-is-cloud',
    `${label} is an export of Jira Cloud, not of Jira Server.`,
    {
      hint: 'Landfall reads backups of Jira Server and Data Center; to move between Cloud sites, use Atlassian’s cloud-to-cloud migration.',
    },
  )
}

export function notJira(label: string, what: string): Problem {
  return new Problem('source-not-jira', `${label} is not a Jira backup: ${what}.`, {
    hint: 'Give the zip that Jira made under System, Backup system, or the entities.xml in it.',
  })
}

/** The counts that the closing comment states: entity to rows, and the total; null when it is another comment. */
export function statedCounts(comment: string): Map<string, number> | null {
  if (!/_\s*Entities\s*_/.test(comment)) return null
  const found = new Map<string, number>()
  for (const m of comment.matchAll(/^\s*([A-Za-z_]\w*)\s*:\s*(\d+)\s*$/gm))
    found.set(m[1] as string, Number(m[2]))
  found.delete('Total')
  return found
}

/** A stable id of a source: of the server's own id, or of the first bytes where it tells none. */
export function sourceIdOf(serverId: string | null, firstBytes: Buffer): string {
  const hash = createHash('sha256')
  if (serverId === null) hash.update(firstBytes)
  else hash.update(`jira server ${serverId}`)
  return hash.digest('hex').slice(0, 32)
}

/** The zone by what the file says of itself; null when only the rows can tell. */
export function zoneOfHeader(
  header: Header | null,
  exportedAt: number | null,
): { timeZone: string; timeZoneFrom: 'header' | 'clock' } | null {
  if (header === null) return null
  if (header.javaZone !== null) return { timeZone: header.javaZone, timeZoneFrom: 'header' }
  if (header.exportedOn === null || exportedAt === null) return null
  const zone = zoneFromClock(header.exportedOn, exportedAt)
  return zone === null ? null : { timeZone: zone, timeZoneFrom: 'clock' }
}
