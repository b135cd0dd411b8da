import type { MarksView } from '../../../shared/api-pages.ts'
import { Mark, shapeOf } from '../mark.tsx'
import { pageWords } from './words.ts'

/** The issues of this screen that carry a mark, as links: what the marks say is read here, too. */
export function Marked({ marks }: { marks: MarksView['marks'] }) {
  if (marks.length === 0) return null
  return (
    <section class="group" data-testid="landfall-marked">
      <h3>{pageWords.marks.title}</h3>
      <ul>
        {marks.map(({ issueKey, verdict, n }) => (
          <li key={issueKey}>
            <p>
              <Mark shape={shapeOf[verdict]} />{' '}
              <a href={`/browse/${encodeURIComponent(issueKey)}`}>
                {pageWords.marks.one(issueKey, verdict, n)}
              </a>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
