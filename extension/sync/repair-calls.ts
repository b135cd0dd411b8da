import type { PageRequest, RepairPreview, RepairsView, RepairVia } from '../../shared/api-repair.ts'
import type { AtSite } from './overlay-calls.ts'

interface OfMigration extends AtSite {
  id: string
}

/**
 * The messages about repairs; part of the one table in calls.ts. Of a page of the web the site is the one that the
 * browser vouches for, and only migrations of that site are answered.
 */
export interface RepairCalls {
  /** The items of these issues whose texts may hold links to the old server. */
  repairLinks: { ask: OfMigration & { issues: string[] }; answer: { items: number[] } }
  repairPreview: {
    ask: OfMigration & { items: number[]; via: RepairVia }
    answer: RepairPreview
  }
  /** who: only of our own pages; a page of the web signs with the name of the last time. */
  repairBegin: {
    ask: OfMigration & { items: number[]; via: RepairVia; who?: string }
    answer: RepairsView
  }
  repairUndo: {
    ask: OfMigration & { n: number; via: RepairVia; who?: string }
    answer: RepairsView
  }
  repairList: { ask: OfMigration & { after?: number; limit?: number }; answer: RepairsView }
  repairStop: { ask: OfMigration; answer: RepairsView }
}
/** What the background asks of our script in a page of the site. */
export type PageAsk =
  | { repair: 'request'; request: PageRequest }
  /** A part of the file that the next request sends, in base64. */
  | { repair: 'file'; id: number; from: number; part: string }
