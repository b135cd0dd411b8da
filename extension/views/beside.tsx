import { useModel } from '@preact/signals'
import type { BesideRow } from '../../shared/api-beside.ts'
import { BesideModel } from '../models/pages.ts'
import { type BesidePlace, tabHash } from '../models/place.ts'
import { detailWords } from '../words.ts'
import { besideWords as words } from '../words-beside.ts'
import { Paged } from './paged.tsx'

/** What a run makes beside the items, behind the numbers of the plan's sentence. */
export function Beside({ place }: { place: BesidePlace }) {
  const model = useModel(() => new BesideModel(place))
  return (
    <section class="stack">
      <a href={tabHash(place.id, 'overview')}>‹ {detailWords.tabs.overview}</a>
      <h1 tabIndex={-1}>{words.titles[place.list]}</h1>
      <p class="quiet">{words.texts[place.list]}</p>
      <Paged
        model={model}
        place={place}
        rows={({ rows }) => rows}
        row={(one) => <Row key={one.n} row={one} />}
        empty={{ title: words.empty, text: words.emptyText }}
        lined
      />
    </section>
  )
}

function Row({ row: { label, issueKey, projectKey, state, reason } }: { row: BesideRow }) {
  const key = issueKey ?? projectKey
  return (
    <li>
      <div class="stack tight">
        <span class="wrap clamped" title={label}>
          {key !== null && !label.includes(key) && <strong>{key} </strong>}
          <bdi>{label}</bdi>
        </span>
        <span class="quiet wrap">
          {words.states[state]}
          {reason !== null && (
            <>
              {': '}
              <bdi>{reason}</bdi>
            </>
          )}
        </span>
      </div>
    </li>
  )
}
