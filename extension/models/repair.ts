import { computed, createModel, signal } from '@preact/signals'
import type {
  RepairPlan,
  RepairPreview,
  RepairsView,
  RepairVia,
  RepairView,
} from '../../shared/api-repair.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'

export interface RepairOptions {
  /** The migration's id. */
  id: string
  /** The items, by seq; asked for when the site is looked at. */
  items(): Promise<number[]>
  /** In our own pages the site of the migration; in a page of the web nothing, the browser says it. */
  site?: string
  /** Where the name is kept that a person signs with; absent where nobody is asked for it. */
  signature?: { read(): Promise<string>; write(who: string): Promise<void> }
}

/** looking → preview → working → over; a problem on the way is shown beside what was reached. */
export type RepairStage = 'looking' | 'preview' | 'working' | 'over'

/** So many items are looked at in one question, so that a person sees it go on. */
const atOnce = 20
/** How often what is under way is asked for. */
const pollMs = 400

/** One repair from its preview to its undo: of one item or of many. */
export const RepairModel = createModel((options: RepairOptions) => {
  const at = {
    id: options.id,
    ...(options.site === undefined ? {} : { site: options.site }),
  }
  const stage = signal<RepairStage>('looking')
  const via = signal<RepairVia>('agent')
  const plans = signal<RepairPlan[]>([])
  const facts = signal<Pick<RepairPreview, 'site' | 'tokenWrites'> | null>(null)
  const looked = signal<{ done: number; of: number } | null>(null)
  const view = signal<RepairsView | null>(null)
  const made = signal<RepairView[]>([])
  const problem = signal<ProblemView | null>(null)
  const who = signal('')
  const busy = signal(false)
  let gone = false
  /** Rises with each look, so that an older one ends. */
  let turn = 0

  const possible = computed(() => plans.value.filter((one) => one.chance === 'possible'))

  async function look(): Promise<void> {
    if (options.signature && who.value === '') who.value = await options.signature.read()
    turn += 1
    const own = turn
    stage.value = 'looking'
    problem.value = null
    plans.value = []
    looked.value = null
    try {
      const seqs = await options.items()
      for (let from = 0; from < seqs.length && own === turn && !gone; from += atOnce) {
        looked.value = { done: from, of: seqs.length }
        const items = seqs.slice(from, from + atOnce)
        const found = await call('repairPreview', { ...at, items, via: via.value })
        if (own !== turn) return
        plans.value = [...plans.value, ...found.plans]
        facts.value = { site: found.site, tokenWrites: found.tokenWrites }
      }
      if (own === turn) stage.value = 'preview'
    } catch (error) {
      if (own !== turn) return
      problem.value = viewOf(error)
      stage.value = 'preview'
    }
  }

  /** Follows what was begun to its end; of all repairs those of these numbers, or the newest of these items. */
  async function follow(begun: RepairsView, mine: (one: RepairView) => boolean): Promise<void> {
    stage.value = 'working'
    let now = begun
    for (;;) {
      view.value = now
      made.value = newest(now.repairs.filter(mine))
      if (!now.running || gone) break
      await new Promise((resolve) => setTimeout(resolve, pollMs))
      now = await call('repairList', { ...at, limit: 400 })
    }
    stage.value = 'over'
  }

  async function work(deed: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    problem.value = null
    try {
      await deed()
    } catch (error) {
      problem.value = viewOf(error)
      if (stage.value === 'working') stage.value = 'over'
    } finally {
      busy.value = false
    }
  }

  const signed = () => (who.value.trim() === '' ? {} : { who: who.value.trim() })

  return {
    stage,
    via,
    plans,
    possible,
    facts,
    looked,
    view,
    made,
    problem,
    who,
    busy,
    look: () => {
      void look()
    },
    /** Where the one way could not even look at the site, the other one looks at once. */
    choose: (way: RepairVia) => {
      via.value = way
      if (problem.value && plans.value.length === 0) void look()
    },
    /** Yes: this is to be written. */
    confirm: () => {
      const items = possible.value.map((one) => one.seq)
      void options.signature?.write(who.value.trim())
      void work(async () => {
        const begun = await call('repairBegin', { ...at, items, via: via.value, ...signed() })
        await follow(begun, (one) => items.includes(one.seq))
      })
    },
    stop: () => {
      call('repairStop', at).catch((error: unknown) => {
        problem.value = viewOf(error)
      })
    },
    undo: (repairs: readonly RepairView[]) => {
      const shown = new Set(made.value.map((one) => one.n))
      void work(async () => {
        for (const { n } of repairs) {
          const begun = await call('repairUndo', { ...at, n, via: via.value, ...signed() })
          await follow(begun, (one) => shown.has(one.n))
        }
      })
    },
    leave: () => {
      gone = true
      turn += 1
    },
  }
})
export type RepairModel = InstanceType<typeof RepairModel>

/** Of each item the newest repair, in the order of the preview: an older one is told in the list of all. */
function newest(repairs: RepairView[]): RepairView[] {
  const seen = new Set<number>()
  const all = repairs.filter(({ seq }) => !seen.has(seq) && seen.add(seq))
  return all.sort((a, b) => a.seq - b.seq)
}
