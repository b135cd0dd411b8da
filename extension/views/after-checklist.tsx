import { useModel, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { AfterCheckView, ChecklistEntry } from '../../shared/api-after.ts'
import { ChecklistModel } from '../models/after.ts'
import { openPlace } from '../models/where.ts'
import { checklistWords as words } from '../words-after-checks.ts'
import { SignForm } from './after-sign.tsx'
import { Button, ProblemBox, Skeleton, Trouble, When } from './parts.tsx'
import { SignOff } from './sign-off.tsx'

interface ChecklistProps {
  id: string
  /** null: not known yet. */
  projects: readonly { key: string; name: string }[] | null
  project: string | null
  checks: readonly AfterCheckView[]
  /** Rises when checks were asked or accepted: what they answer may be another then. */
  ended: number
  now: number
  whyNot: string | null
}

/** The checklist of one project, chosen among those of the migration, and its sign-off. */
export function Checklist({ id, projects, project, ...rest }: ChecklistProps) {
  const key = projects?.find((one) => one.key === project)?.key ?? projects?.[0]?.key ?? null
  return (
    <section class="stack checklist" aria-labelledby="after-checklist">
      <h2 id="after-checklist">{words.title}</h2>
      {projects === null && <Skeleton rows={3} />}
      {projects?.length === 0 && <p class="quiet">{words.noProjects}</p>}
      {projects && key !== null && (
        <>
          <div class="bar">
            <label for="checklist-project">{words.project}</label>
            <select
              id="checklist-project"
              class="grow"
              value={key}
              onChange={(event) =>
                openPlace({
                  at: 'migration',
                  id,
                  tab: 'after',
                  after: null,
                  project: event.currentTarget.value,
                })
              }
            >
              {projects.map((one) => (
                <option key={one.key} value={one.key}>
                  {one.key} {one.name}
                </option>
              ))}
            </select>
          </div>
          <One key={key} id={id} project={key} {...rest} />
        </>
      )}
    </section>
  )
}

function One({
  id,
  project,
  checks,
  ended,
  now,
  whyNot,
}: Omit<ChecklistProps, 'projects'> & { project: string }) {
  const model = useModel(() => new ChecklistModel(id, project))
  useEffect(() => {
    if (ended > 0) model.reload()
  }, [ended])
  const view = model.view.value
  const problem = model.problem.value
  if (!view)
    return problem ? <ProblemBox problem={problem} onRetry={model.reload} /> : <Skeleton rows={4} />
  const done = view.entries.filter((one) => one.done).length
  return (
    <>
      <Trouble problem={problem} onRetry={model.reload} />
      <SignOff view={view} model={model} now={now} whyNot={whyNot} />
      <p class="quiet" role="status">
        {words.done(done, view.entries.length)}
      </p>
      <ul class="entries">
        {view.entries.map((one) => (
          <Entry
            key={one.entry}
            entry={one}
            checks={checks}
            model={model}
            now={now}
            whyNot={whyNot}
          />
        ))}
      </ul>
    </>
  )
}

interface EntryProps {
  entry: ChecklistEntry
  checks: readonly AfterCheckView[]
  model: ChecklistModel
  now: number
  whyNot: string | null
}

/** One thing to do: ticked by the checks that answer it, or by hand with a name. */
function Entry({ entry: one, checks, model, now, whyNot }: EntryProps) {
  const asking = useSignal(false)
  const { entry, title, sentence, url, done } = one
  const say = (said: { note: string; who: string }) =>
    model.tick(entry, !done, said).then((ok) => {
      if (ok) asking.value = false
    })
  const turn = () => {
    if (whyNot !== null) return
    // A name that is known need not be asked for ten times over.
    if (model.who.value === '') asking.value = true
    else void say({ note: '', who: model.who.value })
  }
  return (
    <li class="entry">
      <label class="choice">
        <input
          type="checkbox"
          checked={done}
          aria-disabled={whyNot !== null}
          onClick={(event) => {
            // It shows what the agent has, not what was clicked.
            event.preventDefault()
            turn()
          }}
        />
        <span class="grow">
          <strong>{title}</strong>
        </span>
      </label>
      <p class="quiet wrap">{sentence}</p>
      <How entry={one} now={now} />
      {!done && <AnsweredBy keys={one.checks} checks={checks} />}
      {asking.value ? (
        <SignForm
          title={done ? words.untickTitle(title) : words.tickTitle(title)}
          yes={done ? words.untick : words.tick}
          who={model.who.value}
          onSay={(said) => void say(said)}
          onCancel={() => {
            asking.value = false
          }}
        />
      ) : (
        <div class="bar">
          {url !== null && (
            <a href={url} target="_blank" rel="noreferrer noopener">
              {words.open}
              <span class="hidden"> {title}</span>
            </a>
          )}
          {!done && (
            <Button
              look="small"
              whyNot={whyNot}
              onClick={() => {
                asking.value = true
              }}
            >
              {words.withNote} …<span class="hidden"> {title}</span>
            </Button>
          )}
        </div>
      )}
    </li>
  )
}

/** Which checks tick it once they find nothing here. */
function AnsweredBy({
  keys,
  checks,
}: {
  keys: readonly string[]
  checks: readonly AfterCheckView[]
}) {
  const titles = checks.filter((one) => keys.includes(one.key)).map((one) => one.title)
  return titles.length === 0 ? null : (
    <p class="quiet wrap">
      {words.answeredBy} {titles.join(', ')}
    </p>
  )
}

/** Who or what answered it, and when. */
function How({ entry: { done, how, by }, now }: { entry: ChecklistEntry; now: number }) {
  if (!done && by === null) return null
  const text = !done
    ? words.unticked(by?.who ?? '')
    : how === 'hand'
      ? words.byHand(by?.who ?? '')
      : by
        ? words.accepted(by.who)
        : words.byCheck
  return (
    <p class="quiet wrap">
      <bdi>{text}</bdi>
      {by && (
        <>
          {' '}
          <When at={by.at} now={now} />
          {by.note !== '' && (
            <>
              : <bdi>{by.note}</bdi>
            </>
          )}
        </>
      )}
    </p>
  )
}
