import type { OverlayModel } from '../../models/overlay.ts'
import { Mark, shapeOf } from '../mark.tsx'
import { IssueLink } from './issue-link.tsx'
import { pageWords } from './words.ts'

/** The issues of this screen that carry a mark, as links: what the marks say is read here, too. */
export function Marked({ model }: { model: OverlayModel }) {
  const marks = model.marks.value
  if (marks.length === 0) return null
  return (
    <section class="group" data-testid="landfall-marked">
      <h3>{pageWords.marks.title}</h3>
      <ul>
        {marks.map(({ issueKey, verdict, n }) => (
          <li key={issueKey}>
            <p>
              <Mark shape={shapeOf[verdict]} />{' '}
              <IssueLink model={model} issueKey={issueKey}>
                {pageWords.marks.one(issueKey, verdict, n)}
              </IssueLink>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
