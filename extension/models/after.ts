import { createModel, signal } from '@preact/signals'
import type { AfterView, ChecklistView, PlacePage } from '../../shared/api-after.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { placesCsv } from '../agent-after.ts'
import type { SaidWhy } from '../agent-setup.ts'
import { readWho, writeWho } from '../drafts.ts'
import { notPaired, viewOf } from '../problems.ts'
import { readAgent } from '../settings.ts'
import { call } from '../sync/calls.ts'
import { onOpen } from './opening.ts'
import { saveBlob } from './save-blob.ts'
import { isUnanswered, untilBack } from './until-back.ts'

const askAgainAfterMs = 1000

/** The checks after a migration: asked again while they are being asked; `ended` rises when that is over. */
export const AfterModel = createModel((id: string) => {
  const view = signal<AfterView | null>(null)
  const problem = signal<ProblemView | null>(null)
  const ended = signal(0)
  /** Whose sign a decision carries, as typed the last time. */
  const who = signal('')
  let timer: ReturnType<typeof setTimeout> | undefined
  let left = false

  async function ask(load: () => Promise<AfterView>): Promise<boolean> {
    clearTimeout(timer)
    try {
      const got = await load()
      if (left) return false
      const before = view.value
      view.value = got
      problem.value = null
      if (before?.running && !got.running) ended.value += 1
      if (got.running)
        timer = setTimeout(() => void ask(() => call('after', { id })), askAgainAfterMs)
      return true
    } catch (error) {
      if (!left) problem.value = viewOf(error)
      return false
    }
  }
  const reload = () => {
    void ask(() => call('after', { id }))
  }
  untilBack(problem, reload)
  onOpen(() => {
    reload()
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
    ended,
    who,
    reload,
    /** Asks these anew; all of them where the list is empty. */
    run: (keys: string[]) => {
      void ask(() => call('runAfter', { id, keys }))
    },
    stop: () => {
      void ask(() => call('stopAfter', { id }))
    },
    /** Accepts what a check found with a note, or takes that back (null). Resolves to whether it was done. */
    accept: async (key: string, why: SaidWhy | null) => {
      if (why !== null) remember(who, why.who)
      const done = await ask(() => call('acceptAfter', { id, key, why }))
      if (done) ended.value += 1
      return done
    },
  }
})
export type AfterModel = InstanceType<typeof AfterModel>

function remember(who: { value: string }, name: string): void {
  who.value = name
  void writeWho(name)
}

/** The places where a check found something, page by page, and all of them as a file. project null: of all projects. */
export const PlacesModel = createModel((id: string, key: string, project: string | null) => {
  const page = signal<PlacePage | null>(null)
  const after = signal<number | null>(null)
  const problem = signal<ProblemView | null>(null)
  async function attempt(work: () => Promise<void>): Promise<void> {
    // That nobody answers stands until somebody does: it is asked again and again meanwhile.
    if (!isUnanswered(problem.value)) problem.value = null
    try {
      await work()
      problem.value = null
    } catch (error) {
      problem.value = viewOf(error)
    }
  }
  const turn = (to: number | null) => {
    after.value = to
    void attempt(async () => {
      page.value = await call('places', { id, key, project, after: to })
    })
  }
  untilBack(problem, () => turn(after.value))
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
        saveBlob(await placesCsv({ address, token }, id, key), `landfall-after-${key}.csv`)
      })
    },
  }
})
export type PlacesModel = InstanceType<typeof PlacesModel>

/** The checklist of one project, and its sign-off. */
export const ChecklistModel = createModel((id: string, project: string) => {
  const view = signal<ChecklistView | null>(null)
  const problem = signal<ProblemView | null>(null)
  const who = signal('')
  let left = false

  async function ask(load: () => Promise<ChecklistView>): Promise<boolean> {
    try {
      const got = await load()
      if (left) return false
      view.value = got
      problem.value = null
      return true
    } catch (error) {
      if (!left) problem.value = viewOf(error)
      return false
    }
  }
  const reload = () => {
    void ask(() => call('checklist', { id, project }))
  }
  untilBack(problem, reload)
  onOpen(() => {
    reload()
    void readWho().then((name) => {
      who.value = name
    })
    return () => {
      left = true
    }
  })
  return {
    view,
    problem,
    who,
    reload,
    /** Ticks an entry by hand, or takes its tick away. Resolves to whether it was done. */
    tick: (entry: string, done: boolean, said: SaidWhy) => {
      remember(who, said.who)
      return ask(() => call('tickEntry', { id, project, entry, done, ...said }))
    },
    signOff: (said: SaidWhy) => {
      remember(who, said.who)
      return ask(() => call('signOff', { id, project, ...said }))
    },
    withdraw: (name: string) => {
      remember(who, name)
      return ask(() => call('withdrawSignOff', { id, project, who: name }))
    },
  }
})
export type ChecklistModel = InstanceType<typeof ChecklistModel>
