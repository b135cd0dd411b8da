import type { PageCountView } from '../../../shared/api-pages.ts'
import type { OverlayModel } from '../../models/overlay.ts'
import { count } from '../../words.ts'
import { IssueLink } from './issue-link.tsx'
import { pageWords } from './words.ts'

const words = pageWords.counts

/** What a board or filter finds there and here, with the issues that one side alone finds. */
interface CountsProps {
  model: OverlayModel
  view: PageCountView
  /** A board shows less than its filter finds. */
  board?: boolean
}

export function CountsBody({ model, view, board = false }: CountsProps) {
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
      {board && <p class="quiet">{words.board}</p>}
      {view.why !== null && <p class="notice">{view.why}</p>}
      {told && view.onlySourceCount === 0 && view.onlySiteCount === 0 && <p>{words.same}</p>}
      <Keys
        model={model}
        title={words.onlySource(view.onlySourceCount)}
        keys={view.onlySource}
        all={view.onlySourceCount}
      />
      <Keys
        model={model}
        title={words.onlySite(view.onlySiteCount)}
        keys={view.onlySite}
        all={view.onlySiteCount}
      />
    </section>
  )
}

interface KeysProps {
  model: OverlayModel
  title: string
  keys: readonly string[]
  all: number
}

function Keys({ model, title, keys, all }: KeysProps) {
  if (all === 0) return null
  return (
    <section class="group">
      <h3>{title}</h3>
      <p class="keys">
        {keys.map((key) => (
          <IssueLink key={key} model={model} issueKey={key}>
            {key}
          </IssueLink>
        ))}
        {all > keys.length && <span class="quiet">{words.more(all - keys.length)}</span>}
      </p>
    </section>
  )
}
