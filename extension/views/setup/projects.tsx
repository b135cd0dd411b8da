import { useSignal } from '@preact/signals'
import type { InspectionView } from '../../../shared/api-setup-views.ts'
import type { Scope } from '../../../shared/setup.ts'
import { counted } from '../../words.ts'
import { scopeWords } from '../../words-scope.ts'
import { Button } from '../parts.tsx'
import { cut } from '../sizes.ts'
import { Choices, TextField, Tick } from './fields.tsx'

type Project = InspectionView['projects'][number]

/** More rows than a person reads; the search finds the others. */
const mostShown = 200

interface ProjectsProps {
  /** As the inspection found them. */
  projects: Project[]
  scope: Scope
  onSet: (change: Partial<Scope>) => void
}

/** All projects, or those that are ticked, with how much each holds. */
export function Projects({ projects, scope, onSet }: ProjectsProps) {
  const search = useSignal('')
  const chosen = new Set(scope.projects ?? [])
  const known = new Set(projects.map((one) => one.key))
  const gone = [...chosen].filter((key) => !known.has(key))
  const moving = projects.filter(
    (one) => (scope.projects === null || chosen.has(one.key)) && (scope.archived || !one.archived),
  )
  const typed = search.value.trim().toLowerCase()
  const found = projects.filter(({ key, name }) => `${key} ${name}`.toLowerCase().includes(typed))
  const tick = (keys: string[], on: boolean) => {
    const next = new Set(chosen)
    for (const key of keys) on ? next.add(key) : next.delete(key)
    onSet({ projects: [...next] })
  }
  return (
    <>
      <Choices
        legend={scopeWords.projects}
        name="projects"
        value={scope.projects === null ? 'all' : 'chosen'}
        choices={[
          ['all', scopeWords.all(projects.length)],
          ['chosen', scopeWords.chosen],
        ]}
        onPick={(which) => onSet({ projects: which === 'all' ? null : [...chosen] })}
      />
      {scope.projects !== null && (
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
                  found.map((one) => one.key),
                  true,
                )
              }
            >
              {scopeWords.tickShown}
            </Button>
            <Button look="small" onClick={() => onSet({ projects: [] })}>
              {scopeWords.clear}
            </Button>
          </div>
          {found.length === 0 && <p>{scopeWords.none}</p>}
          <div class="list">
            {found.slice(0, mostShown).map((one) => (
              <Tick key={one.key} on={chosen.has(one.key)} onChange={(on) => tick([one.key], on)}>
                <strong>{one.key}</strong> <bdi title={one.name}>{cut(one.name, 80)}</bdi>{' '}
                {one.archived && <span class="lozenge">{scopeWords.archivedMark}</span>}
                <span class="quiet line">
                  {counted(one.issues, 'issue', 'issues')},{' '}
                  {counted(one.attachments, 'attachment', 'attachments')}
                </span>
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
      <Tick on={scope.archived} onChange={(archived) => onSet({ archived })}>
        {scopeWords.archived}
      </Tick>
      {projects.length > 0 && (
        <p role="status">
          {scopeWords.sum(
            moving.length,
            sum(moving, (one) => one.issues),
            sum(moving, (one) => one.attachments),
          )}
        </p>
      )}
    </>
  )
}

const sum = (rows: Project[], of: (one: Project) => number): number =>
  rows.reduce((total, one) => total + of(one), 0)
