import { useModel } from '@preact/signals'
import { attachmentModes, linkedScopes, peopleScopes, type Scope } from '../../../shared/setup.ts'
import { toHash } from '../../models/place.ts'
import { InspectionModel } from '../../models/work.ts'
import { scopeWords } from '../../words-scope.ts'
import { setupWords, stepWords } from '../../words-setup.ts'
import { Choices, Idle, Select, Tick } from './fields.tsx'
import { Fixed } from './fixed.tsx'
import { Projects } from './projects.tsx'
import { Reading } from './reading.tsx'
import type { StepProps } from './setup.tsx'

const linked = linkedScopes.map((one) => [one, scopeWords.linked[one]] as const)

/** What of the source moves. */
export function ScopeStep({ id, model }: StepProps) {
  // The list comes with what was read; whoever stopped that is not overruled here.
  const work = useModel(() => new InspectionModel(id, { begins: false }))
  const form = model.form.value
  const view = work.view.value
  if (!form) return null
  const { scope } = form
  const set = (change: Partial<Scope>) => model.set({ scope: { ...scope, ...change } })
  return (
    <Fixed part="scope" model={model}>
      {view?.choose && view.state !== 'done' ? (
        <div class="box warn">
          <span>{setupWords.whyNot.notRead}</span>
          <a href={toHash({ at: 'setup', id, step: 'inspection' })}>{stepWords.inspection.title}</a>
        </div>
      ) : (
        <Reading work={work} live={form.from === 'datacenter'} />
      )}
      {(view?.state === 'done' || view?.choose) && (
        <Projects
          id={id}
          projects={view.projects}
          scope={scope}
          live={form.from === 'datacenter'}
          onSet={set}
        />
      )}
      <Choices
        legend={scopeWords.attachments}
        name="attachments"
        value={scope.attachments}
        choices={attachmentModes.map((one) => [one, ...scopeWords.modes[one]] as const)}
        onPick={(attachments) => set({ attachments })}
      />
      <Idle why={scope.attachments === 'only' ? scopeWords.onlyFiles : null}>
        <Choices
          legend={scopeWords.people}
          name="people"
          value={scope.people}
          choices={peopleScopes.map((one) => [one, ...scopeWords.peopleModes[one]] as const)}
          onPick={(people) => set({ people })}
        />
        <Tick on={scope.memberships} onChange={(memberships) => set({ memberships })}>
          {scopeWords.memberships}
        </Tick>
        <div class="side">
          {(['filters', 'dashboards', 'boards'] as const).map((what) => (
            <Select
              key={what}
              label={scopeWords[what]}
              value={scope[what]}
              choices={linked}
              onPick={(picked) => set({ [what]: picked })}
            />
          ))}
        </div>
      </Idle>
      <p class="quiet">{scopeWords.gadgets}</p>
    </Fixed>
  )
}
