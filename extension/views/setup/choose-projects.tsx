import { useSignal } from '@preact/signals'
import { scopeWords } from '../../words-scope.ts'
import { Button } from '../parts.tsx'
import { cut } from '../sizes.ts'
import { Choices, TextField, Tick } from './fields.tsx'

/** A project as it can be ticked; detail: how much it holds. */
export interface Choosable {
  key: string
  name: string
  marks: string[]
  detail: string
  /** Why it cannot be chosen; null = it can. */
  whyNot: string | null
}

/** More rows than a person reads; the search finds the others. */
const mostShown = 200

interface ChooseProjectsProps {
  projects: Choosable[]
  /** Keys; null = all. */
  chosen: string[] | null
  onSet: (projects: string[] | null) => void
}

/** All projects, or those that are ticked. */
export function ChooseProjects({ projects, chosen, onSet }: ChooseProjectsProps) {
  const search = useSignal('')
  const ticked = new Set(chosen ?? [])
  const known = new Set(projects.map((one) => one.key))
  const gone = [...ticked].filter((key) => !known.has(key))
  const typed = search.value.trim().toLowerCase()
  const found = projects.filter(({ key, name }) => `${key} ${name}`.toLowerCase().includes(typed))
  const tick = (keys: string[], on: boolean) => {
    const next = new Set(ticked)
    for (const key of keys) on ? next.add(key) : next.delete(key)
    onSet([...next])
  }
  return (
    <>
      <Choices
        legend={scopeWords.projects}
        name="projects"
        value={chosen === null ? 'all' : 'chosen'}
        choices={[
          ['all', scopeWords.all(projects.length)],
          ['chosen', scopeWords.chosen],
        ]}
        onPick={(which) => onSet(which === 'all' ? null : [...ticked])}
      />
      {chosen !== null && (
        <div class="stack tight">
          <TextField
            label={scopeWords.search}
            hint=""
            type="search"
            value={search.value}
            onInput={(value) => {
              search.value = value
            }}
          />
          <div class="bar">
            <Button
              look="small"
              onClick={() =>
                tick(
                  found.filter((one) => one.whyNot === null).map((one) => one.key),
                  true,
                )
              }
            >
              {scopeWords.tickShown}
            </Button>
            <Button look="small" onClick={() => onSet([])}>
              {scopeWords.clear}
            </Button>
          </div>
          {found.length === 0 && <p>{scopeWords.none}</p>}
          <div class="list">
            {found.slice(0, mostShown).map((one) => (
              <Tick
                key={one.key}
                on={ticked.has(one.key)}
                whyNot={whyNotTick(one, ticked)}
                onChange={(on) => tick([one.key], on)}
              >
                <strong>{one.key}</strong> <bdi title={one.name}>{cut(one.name, 80)}</bdi>{' '}
                {one.marks.map((mark) => (
                  <span class="lozenge" key={mark}>
                    {mark}
                  </span>
                ))}
                {whyNotTick(one, ticked) === null && <span class="quiet line">{one.detail}</span>}
              </Tick>
            ))}
          </div>
          {found.length > mostShown && (
            <p class="quiet">{scopeWords.more(found.length - mostShown)}</p>
          )}
          {gone.length > 0 && known.size > 0 && (
            <p class="box warn">{scopeWords.gone(gone.join(', '))}</p>
          )}
        </div>
      )}
    </>
  )
}

/** What was ticked before can always be taken out again. */
const whyNotTick = ({ key, whyNot }: Choosable, ticked: ReadonlySet<string>) =>
  ticked.has(key) ? null : whyNot
