import type { MigrationDetail, MigrationView } from '../../shared/api.ts'
import { detailWords, listWords, statusWords } from '../words.ts'
import { duration, exact, middle } from './format.ts'
import { When } from './parts.tsx'

interface OverviewProps {
  row: MigrationView
  /** null until the agent has told it. */
  detail: MigrationDetail | null
  now: number
}

/** Configuration and what happened so far. */
export function Overview({ row, detail, now }: OverviewProps) {
  const { source, site, startedAt, finishedAt } = row
  const version = source.version === null ? '' : ` (${detailWords.version(source.version)})`
  const facts: [string, preact.ComponentChildren][] = [
    [
      detailWords.source,
      <span key="source" title={source.label}>
        <bdi>{middle(source.label, 80)}</bdi>
        {version}
      </span>,
    ],
    [detailWords.site, site.url ?? listWords.practice],
    [detailWords.scope, detailWords.scopeText(row.projects, row.issues)],
    [detailWords.created, <When key="created" at={row.createdAt} now={now} />],
  ]
  if (startedAt !== null)
    facts.push([detailWords.started, <When key="started" at={startedAt} now={now} />])
  if (finishedAt !== null)
    facts.push([detailWords.ended, <When key="ended" at={finishedAt} now={now} />])
  if (startedAt !== null && finishedAt !== null)
    facts.push([detailWords.took, duration((finishedAt - startedAt) / 1000)])
  return (
    <div class="stack">
      <p class="quiet">{statusWords[row.status].meaning}</p>
      <dl class="facts">
        {facts.flatMap(([term, value]) => [
          <dt key={term}>{term}</dt>,
          <dd key={`${term}:`}>{value}</dd>,
        ])}
      </dl>
      <h2>{detailWords.timeline}</h2>
      {!detail || detail.timeline.length === 0 ? (
        <p class="quiet">{detailWords.noTimeline}</p>
      ) : (
        <ol class="stack tight timeline">
          {detail.timeline.map((line) => (
            <li key={`${line.at} ${line.text}`}>
              <time class="quiet" title={exact(line.at)} dateTime={new Date(line.at).toISOString()}>
                {new Date(line.at).toLocaleTimeString('en', { hour12: false })}
              </time>{' '}
              {line.text}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
