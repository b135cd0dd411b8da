import { useEffect, useRef } from 'preact/hooks'
import type { ItemView } from '../../shared/api.ts'
import type { Kind } from '../../shared/plan.ts'
import type { Verdict } from '../../shared/status.ts'
import type { OverlayModel } from '../models/overlay.ts'
import type { OverlayAnswer } from '../sync/calls.ts'
import { count, kindTitle, kindWords, onTheWay, verdictWords } from '../words.ts'
import { Mark, shapeOf } from './mark.tsx'
import type { Pill } from './pill.ts'
import { overlayWords } from './words.ts'

interface DrawerProps {
  model: OverlayModel
  name: string
  pill: Pill
}

/** What differs, source beside site; Esc closes it, focus goes in and comes back to the pill. */
export function Drawer({ model, name, pill }: DrawerProps) {
  const title = useRef<HTMLHeadingElement>(null)
  const answer = model.answer.value
  const close = () => {
    model.open.value = false
  }
  useEffect(() => title.current?.focus(), [])
  const migration = answer && 'view' in answer ? answer.view.migration : null
  return (
    <section
      class="drawer"
      role="dialog"
      aria-label={overlayWords.title(name)}
      data-testid="landfall-drawer"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
        // Jira's one-letter shortcuts must not fire while a person types or reads here.
        event.stopPropagation()
      }}
    >
      <header>
        <h2 tabIndex={-1} ref={title}>
          {overlayWords.title(name)}
        </h2>
        <button type="button" onClick={close}>
          {overlayWords.close}
        </button>
      </header>
      <div class="body">
        <p class="verdict">
          <Mark shape={pill.shape} /> <strong>{pill.words}</strong>
        </p>
        {migration && <p class="quiet">{overlayWords.from(migration.name)}</p>}
        {answer && <Body answer={answer} />}
      </div>
      <footer>
        <button type="button" onClick={model.again} disabled={model.asking.value}>
          {overlayWords.again}
        </button>
        {migration && (
          <button type="button" class="main" onClick={() => model.openMigration(migration.id)}>
            {overlayWords.open}
          </button>
        )}
      </footer>
    </section>
  )
}

function Body({ answer }: { answer: OverlayAnswer }) {
  if (answer.state === 'off') return null
  if (answer.state === 'away') return <p>{answer.sentence}</p>
  if (answer.state === 'project') return <ProjectBody view={answer.view} />
  const { view } = answer
  if (view.migration === null) return <p>{overlayWords.unknownIssue}</p>
  const telling = view.items.filter((item) => isTelling(item, view.verdict))
  const rest = view.items.length - telling.length
  return (
    <>
      {telling.length === 0 && view.verdict === 'verified' && <p>{overlayWords.allEqual}</p>}
      <Announced items={view.items} />
      <ul>
        {telling.map((item) => (
          <Item key={item.seq} item={item} />
        ))}
      </ul>
      {rest > 0 && <p class="quiet">{overlayWords.rest(rest)}</p>}
    </>
  )
}

/**
 * Worth a line of its own: what differs, failed or is on its way. What was announced before the run is told
 * together above, unless the issue itself was left out.
 */
const isTelling = (item: ItemView, issue: Verdict | null): boolean =>
  item.verdict !== 'verified' && (item.verdict !== 'leftOut' || issue === 'leftOut')

/** The losses in words, each once with how many items it concerns: history is thousands of entries. */
function Announced({ items }: { items: ItemView[] }) {
  const said = new Map<string, Map<Kind, number>>()
  for (const item of items) {
    const left = item.verdict === 'leftOut' && item.reason ? [item.reason] : []
    if (item.verdict !== 'verified' && left.length === 0) continue
    for (const { text } of [...item.losses, ...left]) {
      const kinds = said.get(text) ?? new Map<Kind, number>()
      said.set(text, kinds.set(item.kind, (kinds.get(item.kind) ?? 0) + 1))
    }
  }
  if (said.size === 0) return null
  return (
    <section class="announced">
      <h3>{overlayWords.announced}</h3>
      <ul>
        {[...said].map(([text, kinds]) => (
          <li key={text}>
            <p>{text}</p>
            <p class="quiet">
              {[...kinds]
                .map(([kind, n]) => `${count(n)} ${kindWords[kind][n === 1 ? 0 : 1]}`)
                .join(', ')}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Item({ item }: { item: ItemView }) {
  const { verdict, kind, label, differences, reason, hint, losses } = item
  return (
    <li>
      <p>
        <Mark shape={verdict === null ? 'dots' : shapeOf[verdict]} />{' '}
        {verdict === null ? onTheWay : verdictWords[verdict]}:{' '}
        <span class="quiet">{kindWords[kind][0]}</span> <bdi>{label}</bdi>
      </p>
      {differences.map(({ field, promised, found }) => (
        <div class="pair" key={field}>
          <p class="quiet">{field}</p>
          <p>
            <span class="quiet">{overlayWords.promised}</span>
            <del>{promised || overlayWords.nothing}</del>
          </p>
          <p>
            <span class="quiet">{overlayWords.found}</span>
            <ins>{found || overlayWords.nothing}</ins>
          </p>
        </div>
      ))}
      {reason && <p>{reason.text}</p>}
      {hint !== null && <p class="quiet">{hint}</p>}
      {losses.map((loss) => (
        <p class="quiet" key={`${loss.code} ${loss.text}`}>
          {loss.text}
        </p>
      ))}
    </li>
  )
}

function ProjectBody({ view }: { view: Extract<OverlayAnswer, { state: 'project' }>['view'] }) {
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
