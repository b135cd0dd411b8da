import { DateTime } from 'luxon'
import type { PracticeProcess } from './agent-process.ts'
import { foreignAgile } from './foreign-agile.ts'
import { foreignContent } from './foreign-content.ts'
import { type ForeignIds, foreignFrame } from './foreign-frame.ts'
import { foreignIssues } from './foreign-issues.ts'
import { type ForeignPeople, foreignPeople } from './foreign-people.ts'
import { foreignProjects } from './foreign-projects.ts'
import { type ForeignSite, foreignSite } from './foreign-site.ts'
import { type ForeignSource, openForeignSource } from './foreign-source.ts'

/** How far the clock of the sample's company, in Berlin, is from UTC: minutes. */
export const berlin = (wall: string): number =>
  DateTime.fromSQL(wall.trim(), { zone: 'Europe/Berlin' }).offset

/** A site that another program filled, with all that is needed to break something in it. */
export interface ForeignWorld {
  source: ForeignSource
  site: ForeignSite
  ids: ForeignIds
  people: ForeignPeople
  /** As Atlassian's assistant exports it: entityType,serverId,cloudId. */
  idMappings(): string
}

/**
 * Migrates a backup to a practice site in the way of another program: it shares no code with ours, reads the
 * backup by itself, speaks through a client of others (jira.js), writes no header lines and no properties.
 * @param options.state the folder of the practice site's --state
 * @param options.history true: authors and times are kept, as Atlassian's assistant does; false: everything
 *   is by the account of the token and of now, as with all tools that use the public API
 * @param options.offset minutes between the source's clock and UTC at a wall-clock time
 */
export async function migrateForeign(options: {
  backup: string
  attachments: string | null
  site: PracticeProcess
  state: string
  history: boolean
  offset(wall: string): number
}): Promise<ForeignWorld> {
  const source = await openForeignSource(options.backup)
  const site = foreignSite(options.site, options.state)
  const ids: ForeignIds = new Map()
  await site.ask('PUT', '/rest/api/3/mypreferences?key=user.autowatch.disabled', true)
  const people = foreignPeople(source, site, ids)
  const frame = await foreignFrame(source, site, ids)
  await foreignProjects(source, site, ids, people, frame.project)
  const time = (wall: string | undefined) =>
    wall ? Date.parse(`${wall.replace(' ', 'T')}Z`) - options.offset(wall) * 60_000 : null
  const context = {
    ...{ source, site, ids, people, time },
    initial: frame.initial,
    history: options.history,
  }
  await foreignIssues(context)
  await foreignContent(context, options.attachments)
  await foreignAgile(context)
  if (options.history) restoreTimes(context)
  return { source, site, ids, people, idMappings: () => mappings(ids) }
}

/** Each comment and file moved the issue's own time of change: it is set back at the end. */
function restoreTimes({
  source,
  site,
  ids,
  time,
}: Pick<ForeignWorld, 'source' | 'site' | 'ids'> & {
  time(wall: string | undefined): number | null
}): void {
  for (const row of source.rows('Issue')) {
    const id = ids.get('jira:issue')?.get(row.id ?? '')
    if (id) site.door.issue(id, { updated: time(row.updated) ?? 0 })
  }
}

function mappings(ids: ForeignIds): string {
  const lines = ['entityType,serverId,cloudId']
  for (const [type, known] of ids)
    if (type.includes(':'))
      for (const [serverId, cloudId] of known)
        lines.push([type, serverId, cloudId].map(quoted).join(','))
  return `${lines.join('\r\n')}\r\n`
}
const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
