import {
  type MappedKind,
  type Mapping,
  type MappingHow,
  mappedKinds,
} from '../../shared/mapping.ts'
import { firstMappings, mappingCounts, mappingPages } from '../ledger/mappings.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { bom, csvLines } from './csv.ts'

/** So many of a kind are told in the html; mappings.csv has all of them. */
export const shownMappings = 50

/** What becomes of one kind: how many in which way, and the first of them. */
export interface MappingFacts {
  kind: MappedKind
  counts: Partial<Record<MappingHow, number>>
  total: number
  first: Mapping[]
}

/** The mappings by kind, from the ledger; a kind of which the source has none is not there. */
export async function gatherMappings(db: LedgerDb, migrationId: string): Promise<MappingFacts[]> {
  const counts = await mappingCounts(db, migrationId)
  const facts: MappingFacts[] = []
  for (const kind of mappedKinds) {
    const own = counts.filter((row) => row.kind === kind)
    if (own.length === 0) continue
    facts.push({
      kind,
      counts: Object.fromEntries(own.map(({ how, n }) => [how, n])),
      total: own.reduce((sum, { n }) => sum + n, 0),
      first: await firstMappings(db, migrationId, kind, shownMappings),
    })
  }
  return facts
}

/** How a thing of the source becomes one of the site, in words. */
export const howWords: Record<MappingHow, string> = {
  email: 'by e-mail address',
  choice: 'by choice',
  text: 'placeholder, kept as text',
  leftOut: 'left out',
  used: 'used as the site has it',
  new: 'new',
  renamed: 'renamed',
}

export const mappingColumns = ['kind', 'sourceId', 'sourceName', 'how', 'siteName', 'siteId', 'why']

/** Every person and name of the source with what it becomes; for people, so with the mark that Excel wants. */
export async function* mappingsCsv(db: LedgerDb, migrationId: string): AsyncGenerator<string> {
  yield bom + csvLines([mappingColumns])
  for (const kind of mappedKinds)
    for await (const page of mappingPages(db, migrationId, kind))
      yield csvLines(
        page.map((row) => [
          row.kind,
          row.sourceId,
          row.name,
          howWords[row.how],
          row.siteName,
          row.siteId,
          row.why,
        ]),
      )
}
