import type { IssueModel } from '../../models/overlay-issue.ts'
import { Name } from '../said.tsx'
import { Made } from './made.tsx'
import { Pair } from './pair.tsx'
import { issueWords } from './words.ts'

/** Longer values, in characters, are shown side by side. */
const oneLine = 80

/** The issue's history at the source as a timeline, oldest first, also where the site could not take it. */
export function History({ issue }: { issue: IssueModel }) {
  const changes = issue.changes.value
  const next = issue.next.value
  if (next === undefined) return <p class="quiet">{issueWords.asking}</p>
  if (changes.length === 0) return <p>{issueWords.noHistory}</p>
  return (
    <>
      <p class="quiet">{issueWords.historyText}</p>
      <ol class="timeline">
        {changes.map(({ n, author, at, items }) => (
          <li key={n}>
            <p>
              <Made author={author} at={at} />
            </p>
            {items.map(({ field, from, to }) =>
              Math.max(from.length, to.length) > oneLine ? (
                <Pair field={field} source={from} site={to} labels={issueWords.times} />
              ) : (
                <p class="said">
                  <span class="quiet">
                    <Name text={field} />
                  </span>{' '}
                  {from !== '' && <del>{from}</del>}
                  {from !== '' && to !== '' && ' → '}
                  {to !== '' && <ins>{to}</ins>}
                </p>
              ),
            )}
          </li>
        ))}
      </ol>
      {next !== null && (
        <button type="button" onClick={issue.more} disabled={issue.busy.value}>
          {issueWords.later}
        </button>
      )}
    </>
  )
}
