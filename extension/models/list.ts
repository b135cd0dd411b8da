import { batch, computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { MigrationView } from '../../shared/api.ts'
import {
  firstRows,
  idsWith,
  type ListQuestion,
  listIds,
  listSizes,
  needyCount,
  rowsOf,
  statusCounts,
  textCount,
} from '../cache/list.ts'
import { live, liveKeys, liveOf } from '../cache/live.ts'
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
  const words = steady(() => search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean))
  const fits = steady(() => {
    const { statuses = [], needs = false, sort = 'recent', turned = false } = ask.value
    return { archived, statuses, needs, sort, turned }
  })
  // The order of 10,000 takes a tenth of a second; the first rows do not wait for it.
  const first = signal<MigrationView[] | undefined>(undefined)
  const narrow = words.peek().length > 0 || fits.peek().needs || fits.peek().statuses.length > 0
  const few = narrow ? Promise.resolve([]) : firstRows(fits.peek(), firstMany)
  few.then(
    (rows) => {
      first.value = rows
    },
    (error: unknown) => {
      reportError(error)
      first.value = []
    },
  )
  // The words of rows seldom change, and what is found stays while the numbers of a run move.
  const found = liveKeys(
    () => (words.value.length > 0 ? words.value : undefined),
    textCount,
    async (words) => ({ words, ids: await idsWith(words) }),
    (before, now) => before.words === now.words && isSame([...before.ids], [...now.ids]),
  )
  const whole = liveKeys(
    (): ListQuestion | undefined => {
      if (first.value === undefined) return undefined
      if (words.value.length === 0) return { ...fits.value, among: null }
      // Until they are found, the rows of the last question stay.
      return found.value?.words === words.value
        ? { ...fits.value, among: found.value.ids }
        : undefined
    },
    listSizes,
    listIds,
    isSame,
  )
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

/** What is read, as the object before where it says the same: who asks by it asks once. */
function steady<T>(read: () => T): ReadonlySignal<T> {
  let last: { said: string; value: T } | null = null
  return computed(() => {
    const value = read()
    const said = JSON.stringify(value)
    if (last?.said !== said) last = { said, value }
    return last.value
  })
}

const isSame = (before: readonly string[], now: readonly string[]): boolean =>
  before.length === now.length && before.every((id, i) => id === now[i])

/** The old object where the new one says the same; numbers of a running migration move without its `changed`. */
const same = (old: MigrationView | undefined, row: MigrationView): MigrationView =>
  old && old.changed === row.changed && row.status !== 'running' ? old : row

export type ListModel = InstanceType<typeof ListModel>
