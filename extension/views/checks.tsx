import { useModel, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import {
  type CheckGroup,
  type CheckStatus,
  type CheckView,
  checkGroups,
} from '../../shared/api-checks.ts'
import { foundList } from '../../shared/check-lists.ts'
import { ChecksModel } from '../models/checks.ts'
import { codeOfCheck } from '../models/explain.ts'
import { tabHash, toHash } from '../models/place.ts'
import { checkWords } from '../words-checks.ts'
import { CheckLabel, checkOrder } from './check-label.tsx'
import { ChecksSummary } from './checks-summary.tsx'
import { EmptyPractice } from './empty-practice.tsx'
import { Explain } from './explain.tsx'
import { NoteForm, Said } from './note-form.tsx'
import { Offenders } from './offenders.tsx'
import { Button, Empty, ProblemBox, Skeleton, Trouble, When } from './parts.tsx'

interface ChecksProps {
  id: string
  now: number
  /** What to ask at once: all, or those that were never asked. */
  begin?: 'all' | 'new' | null
  /** Whose answer is this is shown at first; null: all. */
  only?: CheckStatus | null
  /** Rises as the migration changes; absent: nobody follows that. */
  changed?: number | undefined
}

/** What was asked before a run, by group: shape and word, what was found, how to mend it, whom it concerns. */
export function Checks({ id, now, begin = null, only: first = null, changed }: ChecksProps) {
  const model = useModel(() => new ChecksModel(id))
  // Another window, the command line or a run may have asked them; the row changes when that is over.
  useEffect(() => {
    if (changed !== undefined && model.view.value && !model.view.value.running) model.follow()
  }, [changed])
  /** Only those of one status are shown; null: all. */
  const picked = useSignal<CheckStatus | null>(first)
  const view = model.view.value
  // What was kept of an earlier visit says nothing of what was never checked.
  const loaded = model.fresh.value
  useEffect(() => {
    const current = model.view.value
    if (begin === null || !current || current.running) return
    if (begin === 'all') return model.run([])
    const never = current.checks.filter((one) => one.status === 'pending')
    if (never.length > 0 || current.checks.length === 0) model.run(never.map((one) => one.key))
  }, [loaded])
  // What was being asked when the agent was restarted was asked here: it is asked to its end.
  const cut = model.cutShort.value
  useEffect(() => {
    const never = model.view.value?.checks.filter((one) => one.status === 'pending') ?? []
    if (begin !== null && cut > 0 && never.length > 0) model.run(never.map((one) => one.key))
  }, [cut])
  if (!view)
    return model.problem.value ? (
      <ProblemBox problem={model.problem.value} onRetry={model.reload} />
    ) : (
      <Skeleton rows={5} />
    )
  // Bad news first: what is in order is folded away at the end, unless it is what somebody asked for.
  const only = view.checks.some((one) => one.status === picked.value) ? picked.value : null
  const fine = only === null ? view.checks.filter((one) => one.status === 'success') : []
  const found = view.checks.filter((one) =>
    only === null ? one.status !== 'success' : one.status === only,
  )
  const shared = { id, model, running: view.running, now }
  return (
    <div class="stack">
      <Trouble problem={model.problem.value} at={model.at.value} onRetry={model.reload} />
      <ChecksSummary
        view={view}
        model={model}
        only={only}
        onOnly={(status) => {
          picked.value = status
        }}
      />
      {view.checks.length === 0 && !view.running && (
        <Empty title={checkWords.none} text={checkWords.noneText} />
      )}
      <Groups checks={found} {...shared} />
      {fine.length > 0 && (
        <details>
          <summary>{checkWords.fine(fine.length)}</summary>
          <div class="stack">
            <Groups checks={fine} {...shared} />
          </div>
        </details>
      )}
    </div>
  )
}

interface SharedProps {
  id: string
  model: ChecksModel
  running: boolean
  now: number
}

/** Checks under the names of their groups: the group with the worst first, and in each the worst first. */
function Groups({ checks, ...shared }: SharedProps & { checks: CheckView[] }) {
  return (
    <>
      {byGroup(checks).map(({ group, own }) => (
        <section class="stack tight" key={group}>
          <h2>{checkWords.groups[group]}</h2>
          <ul>
            {own.map((one) => (
              <Check key={one.key} check={one} {...shared} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

const badness = ({ status, overridden }: CheckView) =>
  // An error that somebody has set aside stands in the way of nothing.
  checkOrder.indexOf(status === 'error' && overridden ? 'warning' : status)
const worstFirst = (a: CheckView, b: CheckView) => badness(a) - badness(b)

/** Groups with checks in them; of two that are equally bad, the one that checkGroups has first. */
function byGroup(checks: CheckView[]): { group: CheckGroup; own: CheckView[] }[] {
  const worst = (own: CheckView[]) => (own[0] ? badness(own[0]) : checkOrder.length)
  return checkGroups
    .map((group) => ({
      group,
      own: checks.filter((one) => one.group === group).toSorted(worstFirst),
    }))
    .filter(({ own }) => own.length > 0)
    .toSorted((a, b) => worst(a.own) - worst(b.own))
}

/** What these say of apps stands number by number, each with its list, in a tab of its own. */
const ofApps = new Set(['app-data', 'app-fields', 'apps-undecided'])
/** Names that these list can be decided in a step of the setup. */
const nameChecks = new Set([
  ...['issue-types', 'statuses', 'priorities', 'resolutions', 'link-types'],
  'owned-names',
])

function Check({ id, check, model, running, now }: SharedProps & { check: CheckView }) {
  const asking = useSignal(false)
  const { key, title, status, sentence, hint, offenders, at, canOverride, overridden } = check
  const busy = running ? checkWords.running : null
  const listed = { id, checkKey: key, title, at }
  const explained = codeOfCheck(key, status)
  return (
    <li class={`check ${status}`}>
      <div class="bar">
        <CheckLabel status={status} />
        <strong class="grow">{title}</strong>
        <span class="quiet">
          {at !== null && (
            <>
              {checkWords.asked} <When at={at} now={now} />
            </>
          )}
        </span>
        <Button look="small" whyNot={busy} onClick={() => model.run([key])}>
          {checkWords.askWords[status]}
          <span class="hidden"> {title}</span>
        </Button>
        {explained && <Explain code={explained} of={title} />}
      </div>
      {sentence !== '' && (
        <p>
          <bdi>{sentence}</bdi>
        </p>
      )}
      {hint !== '' && <p class="quiet">{hint}</p>}
      {nameChecks.has(key) && status !== 'pending' && (
        <a href={toHash({ at: 'setup', id, step: 'collisions' })}>{checkWords.eachName}</a>
      )}
      {ofApps.has(key) && status !== 'pending' && (
        <a href={tabHash(id, 'apps')}>{checkWords.eachApp}</a>
      )}
      {offenders > 0 && (
        <Offenders {...listed} list={foundList} summary={checkWords.offenders(offenders)} />
      )}
      {(check.lists ?? []).map(({ list, title: summary }) => (
        <Offenders {...listed} key={list} list={list} summary={summary} />
      ))}
      {key === 'project-taken' && status === 'error' && (
        <EmptyPractice id={id} onEmptied={() => model.run([key])} />
      )}
      {overridden ? (
        <Said
          note={overridden}
          title={checkWords.overridden(overridden.who)}
          back={checkWords.takeBack}
          now={now}
          whyNot={busy}
          onBack={() => void model.override(key, null)}
        />
      ) : asking.value ? (
        <NoteForm
          title={checkWords.overrideTitle}
          yes={checkWords.override}
          who={model.who.value}
          onSay={(why) =>
            void model.override(key, why).then((done) => {
              if (done) asking.value = false
            })
          }
          onCancel={() => {
            asking.value = false
          }}
        />
      ) : (
        status === 'error' && (
          <div class="bar">
            <Button
              look="small"
              whyNot={canOverride ? busy : checkWords.cannot}
              onClick={() => {
                asking.value = true
              }}
            >
              {checkWords.override} …<span class="hidden"> {title}</span>
            </Button>
            {!canOverride && <span class="quiet">{checkWords.cannot}</span>}
          </div>
        )
      )}
    </li>
  )
}
