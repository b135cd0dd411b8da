import type { AppsView } from '../../shared/api-apps.ts'
import { appsInNeed, statusCounts } from '../models/app-order.ts'
import { appsBrief } from '../words-apps.ts'
import { Shape } from './marks.tsx'

interface AppsBriefProps {
  view: AppsView | undefined
  /** Of which migration, for those who cannot see where it stands. */
  name: string
  /** Nobody knows how they stand now: the agent does not answer. */
  outOfSight: boolean
  onOpen: () => void
}

/** The apps of a migration in one line that leads to them; nothing where there is nothing to say. */
export function AppsBrief({ view, name, outOfSight, onOpen }: AppsBriefProps) {
  if (!view) return null
  const counts = statusCounts(view)
  const text = appsBrief(counts, view.undecided, outOfSight)
  if (text === '') return null
  const needy = appsInNeed(view) > 0
  const goesOn = counts['in progress'] + counts.canceling > 0
  return (
    <button type="button" class={`apps-brief ${needy ? 'needy' : ''}`} onClick={onOpen}>
      <Shape shape={needy ? 'warning' : goesOn ? (outOfSight ? 'clock' : 'play') : 'tick'} /> {text}
      <span class="hidden"> {name}</span>
    </button>
  )
}
