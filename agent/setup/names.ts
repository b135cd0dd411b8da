import type { CollisionsView, MeetingNamesPage } from '../../shared/api-setup-views.ts'
import type { SiteFacts } from '../../shared/plan.ts'
import type { CollisionKind, NameList } from '../../shared/setup.ts'
import { collisionsOf, scopeOf, siteOf } from '../ledger/drafts.ts'
import { getMigration, type MigrationRow } from '../ledger/migrations.ts'
import { neededFromSite } from '../plan/plan.ts'
import { planOptions } from '../plan-options.ts'
import { withoutOwn } from '../without-own.ts'
import { type KindNames, listOf, meetingNames, viewKind } from './collisions.ts'
import { type SetupParts, snapshotMark, withSnapshot } from './parts.ts'
import { accessOf, withConnection } from './site.ts'

/** Pages of a list are of one answer for so long; then the site is asked again. */
const goodForMs = 60_000

interface Answer {
  mark: string
  at: number
  kinds: KindNames[]
}

/**
 * The names that source and site share. Only the answer that was asked for last is kept, so that the lists behind its
 * numbers are of the same names, and a page of them asks nobody.
 * @param accountsOf which accounts the source's addresses have: with many people to ask that takes its time
 */
export function createNames(
  parts: SetupParts,
  accountsOf: (id: string) => Promise<SiteFacts['accounts']>,
  signal: AbortSignal,
) {
  const { db } = parts.ledger
  let last: Answer | null = null

  const markOf = (row: MigrationRow) =>
    JSON.stringify([row.id, snapshotMark(parts, row), siteOf(row), scopeOf(row), collisionsOf(row)])

  async function ask(row: MigrationRow): Promise<KindNames[]> {
    const accounts = await accountsOf(row.id)
    const kinds = await withSnapshot(parts, row, async (snapshot) => {
      const access = await accessOf(parts, row, snapshot)
      return withConnection(access, signal, async ({ read }) => {
        const options = await planOptions(db, row, read)
        const needed = { ...neededFromSite(snapshot, options), emails: [] }
        const facts = { ...(await read.facts(needed)), accounts }
        return meetingNames(snapshot, await withoutOwn(db, row.id, facts), options)
      })
    })
    last = { mark: markOf(row), at: parts.now(), kinds }
    return kinds
  }

  return {
    async view(id: string): Promise<CollisionsView> {
      return { kinds: (await ask(await getMigration(db, id))).map(viewKind) }
    },

    /** So many names of a list from the place `after`. */
    async page(id: string, { kind, list, after, limit }: NamesQuestion): Promise<MeetingNamesPage> {
      const row = await getMigration(db, id)
      const fresh = last?.mark === markOf(row) && Math.abs(parts.now() - last.at) < goodForMs
      const kinds = fresh && last ? last.kinds : await ask(row)
      const own = kinds.find((one) => one.kind === kind)?.names ?? []
      const listed = own.filter((name) => listOf(name) === list)
      const to = after + limit
      return { names: listed.slice(after, to), next: to < listed.length ? to : null }
    },
  }
}

/** Which names of a migration are asked for. */
export interface NamesQuestion {
  kind: CollisionKind
  list: NameList
  after: number
  limit: number
}
