import { createModel, effect, signal } from '@preact/signals'
import * as v from 'valibot'
import type { ProblemView } from '../../shared/problem.ts'
import {
  addOldServer,
  OldServerSchema,
  onOldServersChange,
  patternOf,
  readOldServers,
  removeOldServer,
} from '../old-servers.ts'
import { askForPages } from '../platform.ts'
import { viewOf } from '../problems.ts'

/** The old servers on whose pages a banner stands. */
export const OldServersModel = createModel(() => {
  const all = signal<string[]>([])
  const wrong = signal<string | null>(null)
  const problem = signal<ProblemView | null>(null)
  /** The browser asked and the person said no. */
  const refused = signal(false)
  effect(() => {
    void readOldServers().then((list) => {
      all.value = list
    })
    return onOldServersChange((list) => {
      all.value = list
    })
  })
  return {
    all,
    wrong,
    problem,
    refused,
    /** Must be called straight from a click: the browser asks the person for leave. Resolves to whether it was added. */
    add: async (typed: string): Promise<boolean> => {
      problem.value = null
      refused.value = false
      const parsed = v.safeParse(OldServerSchema, typed)
      wrong.value = parsed.success ? null : parsed.issues[0].message
      if (!parsed.success) return false
      try {
        const given = await askForPages([patternOf(parsed.output)])
        refused.value = !given
        if (given) await addOldServer(parsed.output)
        return given
      } catch (error) {
        problem.value = viewOf(error)
        return false
      }
    },
    remove: async (address: string): Promise<void> => {
      try {
        await removeOldServer(address)
      } catch (error) {
        problem.value = viewOf(error)
      }
    },
  }
})
export type OldServersModel = InstanceType<typeof OldServersModel>
