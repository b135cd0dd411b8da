import { createModel, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { SetupView } from '../../shared/api-setup.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'

/** How a migration is set up, asked again when the agent is back. */
export const ConfigModel = createModel((id: string, agentHere: ReadonlySignal<boolean>) => {
  const setup = signal<SetupView | null>(null)
  const problem = signal<ProblemView | null>(null)
  let left = false
  async function ask(): Promise<void> {
    try {
      const got = await call('setup', { id })
      if (!left) setup.value = got
      problem.value = null
    } catch (error) {
      if (!left) problem.value = viewOf(error)
    }
  }
  effect(() => {
    if (agentHere.value) void ask()
  })
  effect(() => () => {
    left = true
  })
  return {
    /** null until the agent has told it. */
    setup,
    problem,
    reload: () => {
      void ask()
    },
  }
})
export type ConfigModel = InstanceType<typeof ConfigModel>
