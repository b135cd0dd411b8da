import type { ProjectVerdictView } from '../../../shared/api.ts'
import { count, kindTitle, verdictWords } from '../../words.ts'
import { Mark, shapeOf } from '../mark.tsx'
import { overlayWords } from '../words.ts'

/** What is known of a project, kind by kind. */
export function ProjectBody({ view }: { view: ProjectVerdictView }) {
  if (view.project === null) return <p>{overlayWords.unknownProject}</p>
  return (
    <ul>
      {view.kinds.map(({ kind, counts }) => (
        <li key={kind}>
          <p>
            <strong>{kindTitle(kind)}</strong> <span class="quiet">{count(counts.source)}</span>
          </p>
          <p class="four">
            {(['verified', 'different', 'leftOut', 'failed'] as const).map((verdict) =>
              counts[verdict] === 0 ? null : (
                <span key={verdict}>
                  <Mark shape={shapeOf[verdict]} /> {count(counts[verdict])} {verdictWords[verdict]}
                </span>
              ),
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}
