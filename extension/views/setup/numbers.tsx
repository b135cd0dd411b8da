import type { ComponentChildren } from 'preact'
import type { PlannedList } from '../../../shared/api-planned.ts'
import type { Preview } from '../../../shared/api-setup-views.ts'
import type { Kind } from '../../../shared/plan.ts'
import { standingLimits } from '../../../shared/standing-limits.ts'
import { plannedHash } from '../../models/place.ts'
import { kindTitle } from '../../words.ts'
import { plannedWords } from '../../words-planned.ts'
import { reviewWords } from '../../words-setup.ts'
import { When } from '../parts.tsx'
import { range } from '../sizes.ts'
import { Facts } from './facts.tsx'
import { NumberTable } from './number-table.tsx'
import { Reasons } from './reasons.tsx'

interface NumbersProps {
  id: string
  preview: Preview
  now: number
}

/** A plan in numbers, each of which opens its list: by project, by kind, what stays and what is lost. */
export function Numbers({ id, preview, now }: NumbersProps) {
  const { at, kinds, losses, leftOut, requests, estimate, perProject } = preview
  const sum = (of: 'planned' | 'leftOut') => kinds.reduce((total, one) => total + one[of], 0)
  const [moves, stays] = [sum('planned'), sum('leftOut')]
  // All that there is moves whole; else a person has something to read before they run it.
  const tone = stays > 0 ? 'warn' : losses.length > 0 ? '' : 'good'
  return (
    <>
      <div class={`box ${tone}`}>
        <strong>
          <To n={moves} href={plannedHash(id, 'moves')}>
            {reviewWords.moves(moves)}
          </To>
          ,{' '}
          <To n={stays} href={plannedHash(id, 'leftOut')}>
            {reviewWords.stays(stays)}
          </To>
        </strong>
        <span>
          {reviewWords.requests(requests)}, {reviewWords.takes(range(estimate.low, estimate.high))}
        </span>
        <span class="quiet">{reviewWords.besides}</span>
        <span class="quiet">
          {reviewWords.planned} <When at={at} now={now} />
        </span>
      </div>
      <NumberTable
        title={reviewWords.projects}
        columns={reviewWords.projectColumns}
        rows={perProject
          .filter((one) => one.items + one.leftOut + one.requests > 0)
          .map(({ key, name, ...own }) => {
            const to = (what: PlannedList, kind: Kind | null = null) =>
              plannedHash(id, what, { project: key, kind })
            return {
              key,
              head:
                key === '' ? (
                  <span class="quiet">{plannedWords.noProject}</span>
                ) : (
                  <>
                    <strong>{key}</strong> <bdi>{name}</bdi>
                  </>
                ),
              numbers: [
                { n: own.issues, href: to('moves', 'issue') },
                { n: own.files, href: to('moves', 'attachment') },
                { n: own.items, href: to('moves') },
                { n: own.withLoss, href: to('withLoss') },
                { n: own.leftOut, href: to('leftOut') },
                own.requests,
              ],
            }
          })}
      />
      <NumberTable
        title={reviewWords.kinds}
        columns={reviewWords.kindColumns}
        rows={kinds
          .filter((one) => one.planned + one.leftOut > 0)
          .map(({ kind, planned, leftOut }) => ({
            key: kind,
            head: kindTitle(kind),
            numbers: [
              { n: planned, href: plannedHash(id, 'moves', { kind }) },
              { n: leftOut, href: plannedHash(id, 'leftOut', { kind }) },
            ],
          }))}
      />
      <Reasons
        title={reviewWords.leftOut}
        text=""
        none={reviewWords.noLeftOut}
        reasons={leftOut}
        hrefOf={({ kind, code }) => plannedHash(id, 'leftOut', { kind, code })}
      />
      <Reasons
        title={reviewWords.losses}
        text={reviewWords.lossesText}
        none={reviewWords.noLosses}
        reasons={losses}
        hrefOf={({ kind, code }) => plannedHash(id, 'loss', { kind, code })}
      />
      <details>
        <summary>{reviewWords.limits}</summary>
        <Facts facts={standingLimits} />
      </details>
    </>
  )
}

/** Words that lead to the list they count; there is none of nothing. */
function To({ n, href, children }: { n: number; href: string; children: ComponentChildren }) {
  return n === 0 ? <span>{children}</span> : <a href={href}>{children}</a>
}
