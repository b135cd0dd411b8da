import { batch, computed, createModel, type ReadonlySignal, signal } from '@preact/signals'
import type { MigrationView } from '../../shared/api.ts'
import { type ListQuestion, listIds, rowsOf, statusCounts } from '../cache/list.ts'
import { live, liveOf } from '../cache/live.ts'
import type { ListAsk } from './list-ask.ts'

/** Rows above and below those in sight that are read as well, so that scrolling meets no hole. */
const aside = 12

/** The dashboard's table: all that fit as ids in order, of which only the rows near the window are read. */
export const ListModel = createModel((archived: boolean, ask: ReadonlySignal<ListAsk>) => {
  const shown = signal({ from: 0, to: 20 })
  const chosen = signal<ReadonlySet<string>>(new Set())
  const question = computed<ListQuestion>(() => ({
    archived,
    search: ask.value.search?.trim() ?? '',
    statuses: ask.value.statuses ?? [],
    sort: ask.value.sort ?? 'recent',
    turned: ask.value.turned ?? false,
  }))
  const ids = liveOf(() => question.value, listIds)
  /** Moved in steps, so that not every pixel is a new question. */
  const step = aside / 2
  const from = computed(() => Math.max(0, Math.floor(shown.value.from / step) * step - aside))
  const to = computed(() => Math.ceil(shown.value.to / step) * step + aside)
  const near = liveOf(
    () => ids.value?.slice(from.value, to.value),
    async (wanted) => new Map((await rowsOf(wanted)).map((row) => [row.id, row])),
  )
  let anchor: string | null = null

  return {
    /** undefined until the cache has answered. */
    ids,
    counts: live(() => statusCounts(archived)),
    chosen: chosen as ReadonlySignal<ReadonlySet<string>>,
    /** The rows in sight with their place in the list; one that is still read is null. */
    rows: computed((): { index: number; id: string; row: MigrationView | null }[] => {
      const { from, to } = shown.value
      const first = Math.max(0, from)
      const wanted = ids.value?.slice(first, to) ?? []
      return wanted.map((id, i) => ({ index: first + i, id, row: near.value?.get(id) ?? null }))
    }),
    /** These places of the list are in sight now. */
    see: (from: number, to: number) => {
      if (shown.value.from !== from || shown.value.to !== to) shown.value = { from, to }
    },
    /** Chooses one row or lets it go; with `through` all from the one chosen before up to this one. */
    choose: (id: string, on: boolean, through: boolean) => {
      const all = ids.value ?? []
      const [a, b] = [all.indexOf(anchor ?? id), all.indexOf(id)]
      const span = through && a >= 0 ? all.slice(Math.min(a, b), Math.max(a, b) + 1) : [id]
      const next = new Set(chosen.value)
      for (const one of span) {
        if (on) next.add(one)
        else next.delete(one)
      }
      batch(() => {
        chosen.value = next
        anchor = id
      })
    },
    chooseAll: (on: boolean) => {
      chosen.value = new Set(on ? ids.value : [])
    },
  }
})
export type ListModel = InstanceType<typeof ListModel>
