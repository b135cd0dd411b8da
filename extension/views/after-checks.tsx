import { useSignal } from '@preact/signals'
import { type AfterCheckView, type AfterView, afterGroups } from '../../shared/api-after.ts'
import type { CheckStatus } from '../../shared/api-checks.ts'
import { foundList } from '../../shared/check-lists.ts'
import type { AfterModel } from '../models/after.ts'
import { codeOfCheck } from '../models/explain.ts'
import { afterGroupWords, afterMeanings, afterCheckWords as words } from '../words-after-checks.ts'
import { checkWords } from '../words-checks.ts'
import { AfterPlaces } from './after-places.tsx'
import { CheckLabel, checkOrder } from './check-label.tsx'
import { Explain } from './explain.tsx'
import { NoteForm, Said } from './note-form.tsx'
import { Button, When } from './parts.tsx'

interface SharedProps {
  id: string
  model: AfterModel
  now: number
  whyNot: string | null
}

interface AfterChecksProps extends SharedProps {
  view: AfterView
  /** Only those of this status; null: all. */
  only: CheckStatus | null
}

/** The checks by group, bad news first; what is in order, and what was never asked, is folded away. */
export function AfterChecks({ view, only, ...shared }: AfterChecksProps) {
  const { checks, running } = view
  const busy = running ? words.busy : shared.whyNot
  const found = checks.filter(({ status }) => status !== 'success' && status !== 'pending')
  const fine = checks.filter(({ status }) => status === 'success')
  const pending = checks.filter(({ status }) => status === 'pending')
  const all = { ...shared, whyNot: busy }
  if (only !== null)
    return <Groups checks={checks.filter(({ status }) => status === only)} {...all} />
  return (
    <>
      <Groups checks={found} {...all} />
      <Folded title={words.fine(fine.length)} checks={fine} {...all} />
      <Folded title={words.pending(pending.length)} checks={pending} {...all} />
    </>
  )
}

function Folded({ title, checks, ...shared }: SharedProps & ListProps & { title: string }) {
  if (checks.length === 0) return null
  return (
    <details>
      <summary>{title}</summary>
      <div class="stack">
        <Groups checks={checks} {...shared} />
      </div>
    </details>
  )
}

interface ListProps {
  checks: AfterCheckView[]
}

function Groups({ checks, ...shared }: SharedProps & ListProps) {
  const worst = (one: AfterCheckView) => checkOrder.indexOf(one.status)
  return (
    <>
      {afterGroups.map((group) => {
        const own = checks.filter((one) => one.group === group)
        return (
          own.length > 0 && (
            <section class="stack tight" key={group}>
              <h3>{afterGroupWords[group]}</h3>
              <ul>
                {own
                  .toSorted((a, b) => worst(a) - worst(b))
                  .map((one) => (
                    <Check key={one.key} check={one} {...shared} />
                  ))}
              </ul>
            </section>
          )
        )
      })}
    </>
  )
}

function Check({ id, check, model, now, whyNot }: SharedProps & { check: AfterCheckView }) {
  const asking = useSignal(false)
  const { key, title, status, sentence, hint, places, at, accepted } = check
  const acceptable = status === 'warning' || status === 'error' || status === 'incomplete'
  const explained = codeOfCheck(key, status)
  const listed = { id, checkKey: key, title, project: null, key: `${at}` }
  return (
    <li class={`check ${status}`}>
      <div class="bar">
        <CheckLabel status={status} meanings={afterMeanings} />
        <strong class="grow">{title}</strong>
        <span class="quiet">
          {at !== null && (
            <>
              {checkWords.asked} <When at={at} now={now} />
            </>
          )}
        </span>
        <Button look="small" whyNot={whyNot} onClick={() => model.run([key])}>
          {words.ask[status]}
          <span class="hidden"> {title}</span>
        </Button>
        {explained && <Explain code={explained} of={title} />}
      </div>
      {status !== 'pending' && (
        <p class="wrap">
          <bdi>{sentence}</bdi>
        </p>
      )}
      {hint !== '' && !accepted && <p class="quiet">{hint}</p>}
      {places > 0 && <AfterPlaces {...listed} list={foundList} summary={words.places(places)} />}
      {(check.lists ?? []).map(({ list, title: summary }) => (
        <AfterPlaces {...listed} key={`${at} ${list}`} list={list} summary={summary} />
      ))}
      {accepted ? (
        <Said
          note={accepted}
          title={words.acceptedBy(accepted.who)}
          back={words.takeBack}
          now={now}
          whyNot={whyNot}
          onBack={() => void model.accept(key, null)}
        />
      ) : asking.value ? (
        <NoteForm
          title={words.acceptTitle}
          yes={words.acceptYes}
          who={model.who.value}
          onSay={(why) =>
            void model.accept(key, why).then((done) => {
              if (done) asking.value = false
            })
          }
          onCancel={() => {
            asking.value = false
          }}
        />
      ) : (
        acceptable && (
          <div class="bar">
            <Button
              look="small"
              whyNot={whyNot}
              onClick={() => {
                asking.value = true
              }}
            >
              {words.accept} …<span class="hidden"> {title}</span>
            </Button>
          </div>
        )
      )}
    </li>
  )
}
