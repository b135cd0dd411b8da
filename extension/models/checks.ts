import { createModel, signal } from '@preact/signals'
import type { ChecksView, OffenderPage } from '../../shared/api-checks.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { type SaidWhy, table } from '../agent-setup.ts'
import { readWho, writeWho } from '../drafts.ts'
import { notPaired, viewOf } from '../problems.ts'
import { readAgent } from '../settings.ts'
import { call } from '../sync/calls.ts'
import { onOpen } from './opening.ts'
import { saveBlob } from './save-blob.ts'

const askAgainAfterMs = 700

/** The checks of a migration: asked again while they run; the cached ones stand with their age until then. */
export const ChecksModel = createModel((id: string) => {
  const view = signal<ChecksView | null>(null)
  const problem = signal<ProblemView | null>(null)
  /** Whose sign a decision carries, as typed the last time. */
  const who = signal('')
  let timer: ReturnType<typeof setTimeout> | undefined
  let left = false

  async function ask(load: () => Promise<ChecksView>): Promise<boolean> {
    clearTimeout(timer)
    try {
      const got = await load()
      if (left) return false
      view.value = got
      problem.value = null
      if (got.running)
        timer = setTimeout(() => void ask(() => call('checks', { id })), askAgainAfterMs)
      return true
    } catch (error) {
      if (!left) problem.value = viewOf(error)
      return false
    }
  }
  onOpen(() => {
    void ask(() => call('checks', { id }))
    void readWho().then((name) => {
      who.value = name
    })
    return () => {
      left = true
      clearTimeout(timer)
    }
  })
  return {
    view,
    problem,
    who,
    reload: () => {
      void ask(() => call('checks', { id }))
    },
    /** Asks these anew; all of them where the list is empty. */
    run: (keys: string[]) => {
      void ask(() => call('runChecks', { id, keys }))
    },
    /** Ends the asking; what has answered by then stays. */
    stop: () => {
      void ask(() => call('stopChecks', { id }))
    },
    /** Sets an error aside with a note, or takes that back (null). Resolves to whether it was done. */
    override: (key: string, why: SaidWhy | null) => {
      if (why !== null) {
        who.value = why.who
        void writeWho(why.who)
      }
      return ask(() => call('override', { id, key, why }))
    },
  }
})
export type ChecksModel = InstanceType<typeof ChecksModel>

/** The things a check is about, page by page, and all of them as a file. */
export const OffendersModel = createModel((id: string, key: string) => {
  const page = signal<OffenderPage | null>(null)
  const after = signal<number | null>(null)
  const problem = signal<ProblemView | null>(null)
  async function attempt(work: () => Promise<void>): Promise<void> {
    problem.value = null
    try {
      await work()
    } catch (error) {
      problem.value = viewOf(error)
    }
  }
  const turn = (to: number | null) => {
    after.value = to
    void attempt(async () => {
      page.value = await call('offenders', { id, key, after: to })
    })
  }
  onOpen(() => {
    turn(null)
  })
  return {
    page,
    after,
    problem,
    turn,
    download: () => {
      void attempt(async () => {
        const { address, token } = await readAgent()
        if (token === null) throw notPaired()
        saveBlob(await table({ address, token }, id, key), `landfall-${key}.csv`)
      })
    },
  }
})
export type OffendersModel = InstanceType<typeof OffendersModel>
