import type { PageCountView } from '../../../shared/api-pages.ts'
import { count } from '../../words.ts'
import { pageWords } from './words.ts'

const words = pageWords.counts

/** What a board or filter finds there and here, with the issues that one side alone finds. */
export function CountsBody({ view }: { view: PageCountView }) {
  const told = view.source !== null && view.site !== null
  return (
    <section class="group" data-testid="landfall-counts">
      <h3>
        <bdi>{view.name}</bdi>
      </h3>
      <dl>
        <dt>{words.source}</dt>
        <dd>{view.source === null ? words.unknown : count(view.source)}</dd>
        <dt>{words.site}</dt>
        <dd>{view.site === null ? words.unknown : count(view.site)}</dd>
      </dl>
      {view.why !== null && <p class="notice">{view.why}</p>}
      {told && view.onlySourceCount === 0 && view.onlySiteCount === 0 && <p>{words.same}</p>}
      <Keys
        title={words.onlySource(view.onlySourceCount)}
        keys={view.onlySource}
        all={view.onlySourceCount}
      />
      <Keys
        title={words.onlySite(view.onlySiteCount)}
        keys={view.onlySite}
        all={view.onlySiteCount}
      />
    </section>
  )
}

/** An issue that was left behind opens a page of Jira that says so: that is the answer, too. */
function Keys({ title, keys, all }: { title: string; keys: readonly string[]; all: number }) {
  if (all === 0) return null
  return (
    <section class="group">
      <h3>{title}</h3>
      <p class="keys">
        {keys.map((key) => (
          <a key={key} href={`/browse/${encodeURIComponent(key)}`}>
            {key}
          </a>
        ))}
        {all > keys.length && <span class="quiet">{words.more(all - keys.length)}</span>}
      </p>
    </section>
  )
}
