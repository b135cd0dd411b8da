import { createModel, signal } from '@preact/signals'
import type { MigrationView } from '../../shared/api.ts'
import type { ConsequencesView } from '../../shared/api-deeds.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'
import { type Deed, whyNot } from '../words-acts.ts'

/** Why this deed makes no sense now, as a sentence; null when it may be done. */
export function hindrance(row: MigrationView, deed: Deed, agentHere: boolean): string | null {
  if (!agentHere) return whyNot.away
  const running = row.status === 'running'
  const byYou = row.pausedBy.includes('by you')
  switch (deed) {
    case 'run':
      if (row.archived) return whyNot.archived
      if (running) return whyNot.alreadyRunning
      return row.blockedBy ? whyNot.blocked(row.blockedBy) : null
    case 'pause':
      if (!running) return whyNot.notRunning
      if (row.activity === 'stopping') return whyNot.stopping
      return byYou ? whyNot.paused : null
    case 'resume':
      if (!running) return whyNot.notRunning
      if (byYou) return null
      return row.activity === 'paused' ? whyNot.waits : whyNot.notPaused
    case 'stop':
      if (!running) return whyNot.notRunning
      return row.activity === 'stopping' ? whyNot.stopping : null
    case 'archive':
    case 'delete':
      return running ? whyNot.running : null
    case 'unarchive':
      return null
  }
}

/** The deeds worth a button on this migration, the most likely one first. */
export function deedsFor(row: MigrationView): Deed[] {
  const runs: Deed[] = row.pausedBy.includes('by you') ? ['resume', 'stop'] : ['pause', 'stop']
  const rest: Deed[] = [row.archived ? 'unarchive' : 'archive', 'delete']
  return row.status === 'running' ? [...runs, ...rest] : ['run', ...rest]
}

/** Does deeds, asks before stop and delete, and tells what came of it. */
export const DeedsModel = createModel(() => {
  /** The deed under way. */
  const busy = signal<{ id: string; deed: Deed } | null>(null)
  /** A copy is being made: another click makes no second one. */
  const copying = signal(false)
  /** The deed that waits for a yes. */
  const asking = signal<{ row: MigrationView; deed: 'stop' | 'delete' } | null>(null)
  /** The last deed done, for the line that says so and offers undo. */
  const done = signal<{ row: MigrationView; deed: Deed } | null>(null)
  const problem = signal<ProblemView | null>(null)
  /** What the deed that waits for a yes leaves where; 'failed' where the agent could not tell. */
  const numbers = signal<ConsequencesView | 'failed' | null>(null)

  async function count(row: MigrationView): Promise<void> {
    numbers.value = null
    const told = await call('consequences', { id: row.id }).catch(() => 'failed' as const)
    // The question may be about something else by now.
    if (asking.value?.row.id === row.id) numbers.value = told
  }

  async function act(row: MigrationView, deed: Deed): Promise<void> {
    busy.value = { id: row.id, deed }
    problem.value = null
    done.value = null
    try {
      if (deed === 'delete') await call('remove', { id: row.id })
      else await call('act', { id: row.id, act: deed })
      done.value = { row, deed }
    } catch (error) {
      problem.value = viewOf(error)
    } finally {
      busy.value = null
    }
  }

  return {
    busy,
    copying,
    asking,
    done,
    problem,
    numbers,
    /** Does it, or asks first where something ends or goes. */
    start: (row: MigrationView, deed: Deed) => {
      if (deed === 'stop' || deed === 'delete') {
        asking.value = { row, deed }
        void count(row)
      } else void act(row, deed)
    },
    /** Makes a copy, and calls back with its id. */
    copy: (row: MigrationView, made: (id: string) => void) => {
      if (copying.value) return
      problem.value = null
      done.value = null
      copying.value = true
      call('copy', { id: row.id, name: null })
        .then(
          (copy) => made(copy.id),
          (error: unknown) => {
            problem.value = viewOf(error)
          },
        )
        .finally(() => {
          copying.value = false
        })
    },
    /** Yes: does the deed that was asked about. */
    confirm: () => {
      const asked = asking.value
      asking.value = null
      if (asked) void act(asked.row, asked.deed)
    },
    /** Asks once more what the deed that waits for a yes leaves where: a run goes on meanwhile. */
    recount: async () => {
      const asked = asking.value
      if (!asked || numbers.value === null) return
      const told = await call('consequences', { id: asked.row.id }).catch(() => null)
      if (told && asking.value === asked) numbers.value = told
    },
    cancel: () => {
      asking.value = null
    },
    dismiss: () => {
      problem.value = null
      done.value = null
    },
  }
})
export type DeedsModel = InstanceType<typeof DeedsModel>
