import type { OriginalView } from '../../shared/api-pages.ts'
import { straight } from '../../shared/straight.ts'
import type { ItemRow } from '../ledger/items.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { itemByKey, itemsBySource } from '../ledger/parts-of-issue.ts'

type OldLink = NonNullable<OriginalView['original']>['oldLinks'][number]

/** More links than this in the texts of one issue are not told apart by a reader. */
const mostLinks = 100

/** What an address of a Jira server leads to. */
type Target =
  | { kind: 'issue' | 'project'; key: string }
  | { kind: 'attachment' | 'filter' | 'board'; id: string }

/**
 * The links of some texts to the source's own server, each once, with the place on the site of the same thing.
 * @param base the server's address as the source tells it; null: no link can be told to be one to it
 */
export async function oldLinksIn(
  db: LedgerDb,
  migration: MigrationRow,
  base: string | null,
  texts: readonly string[],
): Promise<OldLink[]> {
  if (base === null || !URL.canParse(base)) return []
  const links: OldLink[] = []
  for (const old of addressesIn(base, texts)) links.push(await linkOf(db, migration, base, old))
  return links
}

/** A server is often reached by http and by https: the scheme does not count. */
function addressesIn(base: string, texts: readonly string[]): string[] {
  const { host, pathname } = new URL(base)
  const start = `${host}${pathname.replace(/\/+$/, '')}`.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  // The signs at which wiki markup, quotes and brackets end an address.
  const address = new RegExp(`https?://${start}(?=[/?#\\s|\\])}"'<>,;]|$)[^\\s|\\])}"'<>]*`, 'gi')
  const found = new Set<string>()
  for (const text of texts)
    for (const [match] of text.matchAll(address)) {
      found.add(match.replace(/[.,;:!]+$/, ''))
      if (found.size === mostLinks) return [...found]
    }
  return [...found]
}

/** What an address of the old server leads to, by the forms that Jira has had for it; null for all others. */
export function targetOf(base: string, old: string): Target | null {
  if (!URL.canParse(old)) return null
  const url = new URL(old)
  const path = url.pathname.slice(new URL(base).pathname.replace(/\/+$/, '').length)
  const query = (name: string) => /^\d+$/.exec(url.searchParams.get(name) ?? '')?.[0]
  const issue = /^\/(?:browse|projects\/[^/]+\/issues)\/([A-Z][A-Z0-9_]*-\d+)/.exec(path)?.[1]
  if (issue) return { kind: 'issue', key: issue }
  const project = /^\/(?:browse|projects)\/([A-Z][A-Z0-9_]*)\/?$/.exec(path)?.[1]
  if (project) return { kind: 'project', key: project }
  const file = /^\/secure\/(?:attachment|thumbnail)\/(\d+)\//.exec(path)?.[1]
  if (file) return { kind: 'attachment', id: file }
  const filter = query('filter') ?? query('requestId')
  if (filter) return { kind: 'filter', id: filter }
  const board = query('rapidView')
  return board ? { kind: 'board', id: board } : null
}

async function linkOf(
  db: LedgerDb,
  migration: MigrationRow,
  base: string,
  old: string,
): Promise<OldLink> {
  const target = targetOf(base, old)
  const item = target && (await itemOf(db, migration.id, target))
  if (!target || !item?.siteId || migration.siteUrl === null)
    return { old, url: null, label: straight(item?.label ?? old) }
  return {
    old,
    url: new URL(pageOf(target, item.siteId), migration.siteUrl).href,
    label: straight(item.label),
  }
}

async function itemOf(db: LedgerDb, id: string, target: Target): Promise<ItemRow | undefined> {
  if ('id' in target) return (await itemsBySource(db, id, target.kind, [target.id])).get(target.id)
  const { kind, key } = target
  return itemByKey(db, id, kind === 'issue' ? { issueKey: key } : { projectKey: key })
}

/** Where the site shows such a thing; keys stay as they are. */
function pageOf(target: Target, siteId: string): string {
  switch (target.kind) {
    case 'issue':
    case 'project':
      return `/browse/${target.key}`
    case 'attachment':
      return `/rest/api/3/attachment/content/${encodeURIComponent(siteId)}`
    case 'filter':
      return `/issues/?filter=${encodeURIComponent(siteId)}`
    case 'board':
      return `/jira/boards/${encodeURIComponent(siteId)}`
  }
}
