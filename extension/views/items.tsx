import { useModel, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { ItemView } from '../../shared/api.ts'
import { type Kind, kinds } from '../../shared/plan.ts'
import { mayRepair } from '../../shared/repair.ts'
import { verdicts } from '../../shared/status.ts'
import { CauseModel, ItemsModel } from '../models/pages.ts'
import { type ItemsPlace, type Place, toHash } from '../models/place.ts'
import { SiteModel } from '../models/repair-items.ts'
import { detailWords, itemsWords, kindTitle, kindWords, onTheWay, verdictWords } from '../words.ts'
import { causeWords } from '../words-causes.ts'
import { findingWords } from '../words-checks.ts'
import { itemsOnlyWords } from '../words-includes.ts'
import { repairWords } from '../words-repair.ts'
import { VerdictLabel, WaitingMark } from './marks.tsx'
import { Paged } from './paged.tsx'
import { Button } from './parts.tsx'
import { RepairBox } from './repair.tsx'

/** The items behind a number: each with its verdict, what differs, and why. */
export function Items({ place, onGo }: { place: ItemsPlace; onGo: (place: Place) => void }) {
  const model = useModel(() => new ItemsModel(place))
  const back = toHash({ at: 'migration', id: place.id, tab: 'includes', after: null })
  return (
    <section class="stack">
      <a href={back}>‹ {detailWords.tabs.includes}</a>
      <h1 tabIndex={-1}>
        {itemsWords.title(place.kind, place.verdict)}
        {place.only !== undefined && `, ${itemsOnlyWords[place.only]}`}
        {place.project !== null && ` (${place.project})`}
      </h1>
      {place.code !== undefined && <CauseNote {...place} code={place.code} />}
      <div class="bar">
        <Pick
          label={itemsWords.kind}
          all={itemsWords.allKinds}
          value={place.kind}
          choices={kinds.map((kind) => [kind, kindTitle(kind)])}
          onPick={(kind) => onGo({ ...place, kind, after: null })}
        />
        <Pick
          label={itemsWords.verdict}
          all={itemsWords.allVerdicts}
          value={place.verdict}
          choices={verdicts.map((verdict) => [verdict, verdictWords[verdict]])}
          onPick={(verdict) => onGo({ ...place, verdict, after: null })}
        />
      </div>
      <Paged
        model={model}
        place={place}
        rows={({ items }) => items}
        row={(item) => (
          <Item key={item.seq} item={item} repair={<Repair id={place.id} item={item} />} />
        )}
        empty={{ title: itemsWords.empty, text: itemsWords.emptyText }}
      />
    </section>
  )
}

/** Which cause the list is narrowed to, in the words of its finding, and the way out. */
function CauseNote({ code, ...place }: ItemsPlace & { code: string }) {
  const findings = useModel(() => new CauseModel(place.id)).findings.value
  const { root, only, ...rest } = place
  const all = root === undefined && only !== undefined ? { ...rest, only } : rest
  const finding = findings.find(
    (one) =>
      one.code === code &&
      (root === undefined
        ? one.kind === place.kind && one.verdict === place.verdict
        : one.kind === root && one.verdict === 'failed'),
  )
  return (
    <p class="box">
      <span class="wrap">
        {causeWords.only} {finding?.varies && `${findingWords.oneOf} `}
        <bdi>{finding?.text ?? code}</bdi>
      </span>{' '}
      <a href={toHash({ ...all, after: null })}>{causeWords.all}</a>
    </p>
  )
}

interface PickProps<T extends string> {
  label: string
  all: string
  value: T | null
  choices: [T, string][]
  onPick: (value: T | null) => void
}

/** One of several to narrow a list by, or all of them. */
export function Pick<T extends string>({ label, all, value, choices, onPick }: PickProps<T>) {
  const id = useId()
  return (
    <span class="bar">
      <label for={id} class="quiet">
        {label}
      </label>
      <select
        id={id}
        value={value ?? ''}
        onChange={(event) => {
          const picked = event.currentTarget.value
          onPick(choices.find(([choice]) => choice === picked)?.[0] ?? null)
        }}
      >
        <option value="">{all}</option>
        {choices.map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </select>
    </span>
  )
}

/** Leads to the preview of an item's repair; nothing where nothing can be tried. */
function Repair({ id, item }: { id: string; item: ItemView }) {
  const open = useSignal(false)
  const site = useModel(() => new SiteModel(id)).site.value
  if (open.value)
    return (
      <RepairBox
        id={id}
        site={site}
        items={() => Promise.resolve([item.seq])}
        total={1}
        agentHere
        onClose={() => {
          open.value = false
        }}
      />
    )
  if (!mayRepair(item)) return null
  return (
    <span>
      <Button
        look="small"
        onClick={() => {
          open.value = true
        }}
      >
        {repairWords.open}
        <span class="hidden"> {item.label}</span>
      </Button>
    </span>
  )
}

interface ItemNameProps {
  of: { kind: Kind; label: string; issueKey: string | null }
}
/** What an item or a stranger is called: its kind, its issue where the label does not say it, its label. */
export function ItemName({ of }: ItemNameProps) {
  const { kind, label, issueKey } = of
  return (
    <span class="clamped" title={label}>
      <span class="quiet">{kindWords[kind][0]}</span>{' '}
      {issueKey !== null && !label.includes(issueKey) && <strong>{issueKey} </strong>}
      <bdi>{label}</bdi>
    </span>
  )
}

/** One item with all that is known of how it ended. */
export function Item({ item, repair }: { item: ItemView; repair?: ComponentChildren }) {
  const { verdict, losses, differences, reason, hint } = item
  return (
    <li class="row item">
      <div class="stack tight">
        <ItemName of={item} />
        {differences.length > 0 && (
          <dl class="difference">
            {differences.flatMap(({ field, promised, found }) => [
              <dt key={`${field} p`}>
                {field} {itemsWords.promised}
              </dt>,
              <dd key={`${field} pv`}>{promised || itemsWords.nothing}</dd>,
              <dt key={`${field} f`}>
                {field} {itemsWords.found}
              </dt>,
              <dd key={`${field} fv`}>{found || itemsWords.nothing}</dd>,
            ])}
          </dl>
        )}
        {reason && <p>{reason.text}</p>}
        {hint !== null && <p class="quiet">{hint}</p>}
        {losses.map((loss) => (
          <p class="quiet" key={`${loss.code} ${loss.text}`}>
            {itemsWords.loss} {loss.text}
          </p>
        ))}
        {repair}
      </div>
      {verdict === null ? (
        <span>
          <WaitingMark /> {onTheWay}
        </span>
      ) : (
        <VerdictLabel verdict={verdict} loss={losses.length > 0} />
      )}
    </li>
  )
}
