import { useModel } from '@preact/signals'
import type { Stranger } from '../../shared/api-strangers.ts'
import { StrangersModel } from '../models/pages.ts'
import { type StrangersPlace, tabHash } from '../models/place.ts'
import { SiteModel } from '../models/repair-items.ts'
import { detailWords } from '../words.ts'
import { strangerWords as words } from '../words-strangers.ts'
import { ItemName } from './items.tsx'
import { Paged } from './paged.tsx'

/** What the site has beyond the source, behind the number of its finding. */
export function Strangers({ place }: { place: StrangersPlace }) {
  const model = useModel(() => new StrangersModel(place))
  const site = useModel(() => new SiteModel(place.id)).site.value
  return (
    <section class="stack">
      <a href={tabHash(place.id, 'attention')}>‹ {detailWords.tabs.attention}</a>
      <h1 tabIndex={-1}>{words.title(place.kind)}</h1>
      <p class="quiet">{words.text}</p>
      <Paged
        model={model}
        place={place}
        rows={({ strangers }) => strangers}
        row={(one) => <Row key={one.n} stranger={one} site={site} />}
        empty={{ title: words.empty, text: words.emptyText }}
      />
    </section>
  )
}

function Row({ stranger, site }: { stranger: Stranger; site: string | null }) {
  const { label, siteId, projectKey, issueKey } = stranger
  const page = issueKey ?? projectKey
  return (
    <li class="row item">
      <div class="stack tight">
        <ItemName of={stranger} />
        <span class="quiet">{words.id(siteId)}</span>
      </div>
      {site !== null && page !== null && (
        <a
          href={`${site.replace(/\/+$/, '')}/browse/${encodeURIComponent(page)}`}
          target="_blank"
          rel="noreferrer"
        >
          {words.open}
          <span class="hidden"> {label}</span>
        </a>
      )}
    </li>
  )
}
