import type { MigrationView } from '../../shared/api.ts'
import { whyNot } from '../words-acts.ts'
import { type RowDeed, rowWhyNot } from '../words-list.ts'
import { lackWords } from '../words-status.ts'
import { hindrance } from './deeds.ts'

/** The menu of a row, in groups; the same for every row, so that a hand learns where things are. */
export function menuOf(row: MigrationView): RowDeed[][] {
  return [
    ['details', 'run', 'pause', 'resume', 'stop'],
    ['edit', 'copy'],
    [row.archived ? 'unarchive' : 'archive', 'delete'],
  ]
}

/** Why this makes no sense for the row now, as a sentence; null when it may be done. */
export function rowHindrance(row: MigrationView, deed: RowDeed, agentHere: boolean): string | null {
  switch (deed) {
    case 'details':
      return null
    case 'copy':
      return agentHere ? null : whyNot.away
    case 'edit':
      if (!agentHere) return whyNot.away
      return row.status === 'running' ? rowWhyNot.editRunning : null
    case 'run': {
      const why = hindrance(row, 'run', agentHere)
      const missing = row.setup?.missing ?? []
      if (why !== null || missing.length === 0) return why
      return rowWhyNot.missing(lackWords(missing))
    }
    default:
      return hindrance(row, deed, agentHere)
  }
}
