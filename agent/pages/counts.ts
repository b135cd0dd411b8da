import { existsSync } from 'node:fs'
import type { PageCountView } from '../../shared/api-pages.ts'
import { Problem } from '../../shared/problem.ts'
import type { SiteReading } from '../cloud/reading.ts'
import { projectItems } from '../ledger/findings.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import type { LineParts } from '../line.ts'
import { quoteJql, readJql } from '../plan/jql.ts'
import type { Compared } from '../query/find.ts'
import { jqlInSource } from '../query/source-facts.ts'
import { findInThread } from '../query/thread.ts'
import type { Counted } from '../routes/page-asker.ts'
import { withConnection } from '../setup/site.ts'

/** Keys of each side that are told one by one. */
const mostKeys = 100
/** Fifty requests of the largest page: a list that nobody reads to its end is not worth more of the site's time. */
const mostFound = 50_000

type Found = { jql: string | null } & ({ keys: string[] } | { why: string })

/** What a board or a filter finds at the source against what it finds on the site. */
export async function countsOf(
  parts: LineParts,
  row: MigrationRow,
  snapshot: string,
  what: Counted,
  signal: AbortSignal,
): Promise<PageCountView> {
  const projects = await movedProjects(parts, row.id)
  const site = await onSite(parts, row, what, projects, signal)
  const source = await atSource(parts, snapshot, what, projects, site, signal)
  const running = row.status === 'running' ? ['The migration is still running.'] : []
  const elsewhere = source.elsewhere
    ? [
        `It also finds ${source.elsewhere.toLocaleString('en')} ${source.elsewhere === 1 ? 'issue' : 'issues'} at the source in projects that this migration does not move; they are not counted.`,
      ]
    : []
  const why = [...running, ...source.why, ...elsewhere, ...('why' in site ? [site.why] : [])]
  return {
    migration: { id: row.id, name: row.name },
    name: what.name,
    source: source.source,
    site: 'keys' in site ? site.keys.length : null,
    onlySource: source.onlySource,
    onlySite: source.onlySite,
    onlySourceCount: source.onlySourceCount,
    onlySiteCount: source.onlySiteCount,
    jql: site.jql,
    why: why.length ? why.join(' ') : null,
  }
}

async function movedProjects(parts: LineParts, migrationId: string): Promise<string[]> {
  const items = await projectItems(parts.ledger.db, migrationId)
  return items.flatMap(({ promiseJson, projectKey }) =>
    promiseJson === null || projectKey === null ? [] : [projectKey],
  )
}

const nothing: Omit<Compared, 'why'> = {
  source: null,
  elsewhere: 0,
  onlySource: [],
  onlySite: [],
  onlySourceCount: 0,
  onlySiteCount: 0,
}

async function atSource(
  parts: LineParts,
  snapshot: string,
  what: Counted,
  projects: string[],
  site: Found,
  signal: AbortSignal,
): Promise<Compared> {
  if (!existsSync(snapshot))
    return { ...nothing, why: ['What was read of the source is not on this machine any more.'] }
  const jql = jqlInSource(snapshot, what.kind, what.sourceId)
  if (jql === null)
    return { ...nothing, why: [`The source does not have the JQL of this ${what.kind}.`] }
  const keys = 'keys' in site ? site.keys : null
  const question = { snapshot, jql, projects, site: keys, now: parts.now(), most: mostKeys }
  return findInThread(question, signal)
}

/** What the site's own JQL finds there now; the sentence why where that cannot be told. */
async function onSite(
  parts: LineParts,
  row: MigrationRow,
  { kind, siteId }: Counted,
  projects: string[],
  signal: AbortSignal,
): Promise<Found> {
  let jql: string | null = null
  try {
    const access = await parts.site(row, null)
    return await withConnection(access, signal, async ({ read }) => {
      const filterId = kind === 'filter' ? siteId : await read.boardFilter(siteId)
      const filter = filterId === null ? null : await read.filter(filterId)
      if (!filter)
        return { jql: null, why: `On the site this ${kind} has no filter that this account sees.` }
      jql = filter.jql
      return collect(read, filter.jql, projects)
    })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { jql, why: `The site could not be asked: ${error.message} ${error.hint}`.trim() }
  }
}

async function collect(
  read: SiteReading,
  jql: string,
  projects: readonly string[],
): Promise<Found> {
  const keys: string[] = []
  for await (const key of read.keysFound(bounded(jql, projects))) {
    if (keys.length === mostFound)
      return {
        jql,
        why: `It finds more than ${mostFound.toLocaleString('en')} issues on the site, which is as far as Landfall counts.`,
      }
    keys.push(key)
  }
  return { jql, keys }
}

/** The site refuses JQL without any restriction; such a filter is asked within the projects that moved. */
function bounded(jql: string, projects: readonly string[]): string {
  const read = readJql(jql)
  if (!read || read.clauses.length > 0 || projects.length === 0) return jql
  return `project in (${projects.map(quoteJql).join(', ')}) ORDER BY key`
}
