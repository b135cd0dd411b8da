import { batch, computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { MigrationView } from '../../shared/api.ts'
import {
  firstRows,
  type ListQuestion,
  listIds,
  needyCount,
  rowsOf,
  statusCounts,
} from '../cache/list.ts'
import { live, liveOf } from '../cache/live.ts'
import type { ListAsk } from './list-ask.ts'

/** What is in sight is moved in steps of so many rows, so that not every pixel is a new question. */
const step = 4
/** So many rows are read at once when the page opens: about two screens. */
const firstMany = 24
/** Who types on has not asked yet. */
const restMs = 100

/** The dashboard's table: all that fit as ids in order, of which only the rows near the window are read. */
export const ListModel = createModel((archived: boolean, ask: ReadonlySignal<ListAsk>) => {
  const shown = signal({ from: 0, to: 20 })
  const chosen = signal<ReadonlySet<string>>(new Set())
  // A search follows a moment after the last letter; all else at once.
  const search = signal(ask.peek().search?.trim() ?? '')
  effect(() => {
    const typed = ask.value.search?.trim() ?? ''
    if (typed === search.peek()) return
    const timer = setTimeout(
      () => {
        search.value = typed
      },
      typed === '' ? 0 : restMs,
    )
    return () => clearTimeout(timer)
  })
  const question = computed<ListQuestion>(() => ({
    archived,
    search: search.value,
    statuses: ask.value.statuses ?? [],
    needs: ask.value.needs ?? false,
    sort: ask.value.sort ?? 'recent',
    turned: ask.value.turned ?? false,
  }))
  // The order of 10,000 takes a tenth of a second; the first rows do not wait for it.
  const first = signal<MigrationView[] | undefined>(undefined)
  firstRows(question.peek(), firstMany).then(
    (rows) => {
      first.value = rows
    },
    (error: unknown) => {
      reportError(error)
      first.value = []
    },
  )
  const whole = liveOf(() => (first.value === undefined ? undefined : question.value), listIds)
  const ids = computed(() => {
    if (whole.value !== undefined) return whole.value
    return first.value?.length ? first.value.map(({ id }) => id) : undefined
  })
  const counts = live(() => statusCounts(archived))
  const needy = live(() => needyCount(archived))
  const from = computed(() => Math.max(0, Math.floor(shown.value.from / step) * step))
  const to = computed(() => Math.ceil(shown.value.to / step) * step)
  let read: ReadonlyMap<string, MigrationView> = new Map()
  const near = liveOf(
    () => whole.value?.slice(from.value, to.value),
    async (wanted) => {
      const rows = await rowsOf(wanted)
      // A row that says the same is the same object, so that it is not drawn again.
      read = new Map(rows.map((row) => [row.id, same(read.get(row.id), row)]))
      return read
    },
  )
  const rowOf = (id: string): MigrationView | null =>
    near.value?.get(id) ?? first.value?.find((row) => row.id === id) ?? null
  let anchor: string | null = null

  return {
    /** undefined until the cache has answered. */
    ids,
    /** How many there are; the shelf's size until the order of all is known. */
    total: computed(() => {
      if (whole.value !== undefined) return whole.value.length
      const all = Object.values(counts.value ?? {}).reduce((sum, n) => sum + n, 0)
      return Math.max(all, ids.value?.length ?? 0)
    }),
    /** Whether all ids are known, so that all of them can be chosen. */
    isWhole: computed(() => whole.value !== undefined),
    counts,
    /** How many of the shelf need a person. */
    needy,
    chosen: chosen as ReadonlySignal<ReadonlySet<string>>,
    /** The rows in sight with their place in the list; one that is still read is null. */
    rows: computed((): { index: number; id: string; row: MigrationView | null }[] => {
      const { from, to } = shown.value
      const first = Math.max(0, from)
      const wanted = ids.value?.slice(first, to) ?? []
      return wanted.map((id, i) => ({ index: first + i, id, row: rowOf(id) }))
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
/** The old object where the new one says the same; numbers of a running migration move without its `changed`. */
const same = (old: MigrationView | undefined, row: MigrationView): MigrationView =>
  old && old.changed === row.changed && row.status !== 'running' ? old : row

export type ListModel = InstanceType<typeof ListModel>
