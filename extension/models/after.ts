import { computed, createModel, type Signal, signal } from '@preact/signals'
import type { ChecklistView } from '../../shared/api-after.ts'
import { foundList } from '../../shared/check-lists.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { type PlacesQuestion, placesCsv } from '../agent-after.ts'
import type { SaidWhy } from '../agent-setup.ts'
import { readWho, writeWho } from '../drafts.ts'
import { notPaired, viewOf } from '../problems.ts'
import { readAgent } from '../settings.ts'
import { call } from '../sync/calls.ts'
import { onOpen } from './opening.ts'
import { question } from './question.ts'
import { saveBlob } from './save-blob.ts'

/** The checks after a migration: asked again while they are being asked; `ended` rises when that is over. */
export const AfterModel = createModel((id: string) => {
  const ended = signal(0)
  const who = lastSigned()
  let running = false
  const after = question(() => call('after', { id }), {
    goesOn: (view) => view.running,
    onAnswer: (view) => {
      if (running && !view.running) ended.value += 1
      running = view.running
    },
  })
  onOpen(() => {
    void after.look()
  })
  return {
    view: after.answer,
    problem: after.problem,
    ended,
    who,
    follow: after.follow,
    reload: () => {
      void after.look()
    },
    /** Asks these anew; all of them where the list is empty. */
    run: (keys: string[]) => {
      void after.act(() => call('runAfter', { id, keys }))
    },
    stop: () => {
      void after.act(() => call('stopAfter', { id }))
    },
    /** Accepts what a check found with a note, or takes that back (null). Resolves to whether it was done. */
    accept: async (key: string, why: SaidWhy | null) => {
      if (why !== null) remember(who, why.who)
      const done = await after.act(() => call('acceptAfter', { id, key, why }))
      if (done) ended.value += 1
      return done !== null
    },
  }
})
export type AfterModel = InstanceType<typeof AfterModel>

/** Whose sign a decision carries, as typed the last time. */
function lastSigned(): Signal<string> {
  const who = signal('')
  onOpen(() => {
    void readWho().then((name) => {
      who.value = name
    })
  })
  return who
}

function remember(who: { value: string }, name: string): void {
  who.value = name
  void writeWho(name)
}

/** What the model of a list of places is of. */
type PlacesOf = Omit<PlacesQuestion, 'after'>

/** The places where a check found something, or another list of it, page by page, and all of them as a file. */
export const PlacesModel = createModel((of: PlacesOf) => {
  const after = signal<number | null>(null)
  const places = question(() => call('places', { ...of, after: after.value }))
  const unsaved = signal<ProblemView | null>(null)
  async function download(): Promise<void> {
    unsaved.value = null
    try {
      const { address, token } = await readAgent()
      if (token === null) throw notPaired()
      const list = of.list === foundList ? of.key : `${of.key}-${of.list}`
      const name = of.part === undefined ? list : `${list}-${of.part.replace(/[^\w.-]+/g, '-')}`
      saveBlob(await placesCsv({ address, token }, of), `landfall-after-${name}.csv`)
    } catch (error) {
      unsaved.value = viewOf(error)
    }
  }
  const turn = (to: number | null) => {
    after.value = to
    unsaved.value = null
    void places.look()
  }
  onOpen(() => {
    void places.look()
  })
  return {
    page: places.answer,
    after,
    problem: computed(() => unsaved.value ?? places.problem.value),
    turn,
    download: () => {
      void download()
    },
  }
})
export type PlacesModel = InstanceType<typeof PlacesModel>

/** The checklist of one project, and its sign-off. */
export const ChecklistModel = createModel((id: string, project: string) => {
  const who = lastSigned()
  const list = question(() => call('checklist', { id, project }))
  onOpen(() => {
    void list.look()
  })
  const signed = async (name: string, deed: () => Promise<ChecklistView>): Promise<boolean> => {
    remember(who, name)
    return (await list.act(deed)) !== null
  }
  return {
    view: list.answer,
    problem: list.problem,
    who,
    reload: () => {
      void list.look()
    },
    /** Ticks an entry by hand, or takes its tick away. Resolves to whether it was done. */
    tick: (entry: string, done: boolean, said: SaidWhy) =>
      signed(said.who, () => call('tickEntry', { id, project, entry, done, ...said })),
    signOff: (said: SaidWhy) => signed(said.who, () => call('signOff', { id, project, ...said })),
    withdraw: (name: string) =>
      signed(name, () => call('withdrawSignOff', { id, project, who: name })),
  }
})
export type ChecklistModel = InstanceType<typeof ChecklistModel>
