import { createModel, signal } from '@preact/signals'
import type { MappingsFile } from '../../shared/api-mappings.ts'
import { uploadLimit } from '../../shared/api-setup.ts'
import type { ProblemView } from '../../shared/problem.ts'
import type { Agent } from '../agent-client.ts'
import { lookAtMappings, uploadMappings } from '../agent-mappings.ts'
import { notPaired, viewOf } from '../problems.ts'
import { readAgent } from '../settings.ts'
import { onOpen } from './opening.ts'

/** What the id-mappings.csv of a verification says, whether it was uploaded or lies where a path says. */
export const MappingsModel = createModel((path: string) => {
  const file = signal<MappingsFile | null>(null)
  const problem = signal<ProblemView | null>(null)
  /** Bytes of a file that is too large to be uploaded. */
  const tooLarge = signal<number | null>(null)
  const busy = signal<'upload' | 'look' | null>(null)
  /** A later question takes the place of one that is still out. */
  let asked = 0

  async function ask(what: 'upload' | 'look', work: (agent: Agent) => Promise<MappingsFile>) {
    const mine = ++asked
    busy.value = what
    problem.value = null
    tooLarge.value = null
    try {
      const { address, token } = await readAgent()
      if (token === null) throw notPaired()
      const found = await work({ address, token })
      if (mine !== asked) return null
      file.value = found
      return found
    } catch (error) {
      if (mine === asked) problem.value = viewOf(error)
      return null
    } finally {
      if (mine === asked) busy.value = null
    }
  }
  function look(typed: string) {
    const at = typed.trim()
    if (at === file.value?.path && problem.value === null) return
    file.value = null
    if (at !== '') void ask('look', (agent) => lookAtMappings(agent, at))
    else forget()
  }
  function forget() {
    asked += 1
    file.value = null
    problem.value = null
    tooLarge.value = null
    busy.value = null
  }
  onOpen(() => {
    look(path)
  })
  return {
    file,
    problem,
    tooLarge,
    busy,
    look,
    forget,
    /** Sends a file to the agent; calls back with the path it has there. What was chosen before stays if it is refused. */
    upload: (chosen: File, done: (path: string) => void) => {
      if (chosen.size > uploadLimit) {
        tooLarge.value = chosen.size
        return
      }
      void ask('upload', (agent) => uploadMappings(agent, chosen)).then((found) => {
        if (found) done(found.path)
      })
    },
  }
})
export type MappingsModel = InstanceType<typeof MappingsModel>
