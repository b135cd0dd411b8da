import type { SiteChange, SiteMending } from '../cloud/mending.ts'
import type { ItemRow } from '../ledger/items.ts'
import type { PushContext } from '../push/sender.ts'

/** What every part of a repair works with; `write` and `mend` go through the agent's token or through a page. */
export interface RepairContext extends PushContext {
  mend: SiteMending
  /** The site was filled by another program: texts stand there as the source has them, without our header lines. */
  foreign: boolean
  /** The address of the server that the source was; null where its snapshot is not here, or does not say it. */
  oldServer: string | null
  /** The account that a person of the source has on the site by now, by name; null: none, or more than one is so called. */
  accountOf(name: string): Promise<string | null>
  /** The account that the migration itself wrote with, as far as it is known. */
  own: string
  /** When verify read the site for the first time after the migration, epoch ms; what changed later, people changed. */
  since: number
  /** Marks of changes that earlier repairs made on an issue, see RepairTable.oursJson. */
  ours(issueKey: string): Promise<ReadonlySet<string>>
  /** The history of an issue, read once for an assessment. */
  history(issueKey: string): Promise<SiteChange[]>
  /** Forgets what was read, before the site is looked at anew. */
  forget(): void
}

export type Item = ItemRow

/** Who changed it, and when, as far as the site says. */
export interface Changed {
  who: string | null
  at: number | null
}
