import { computed, createModel, signal } from '@preact/signals'
import type { ChecksView, OffenderPage } from '../../shared/api-checks.ts'
import { foundList } from '../../shared/check-lists.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { type SaidWhy, table } from '../agent-setup.ts'
import { keepChecks, keptChecks } from '../cache/checks.ts'
import { readWho, writeWho } from '../drafts.ts'
import { notPaired, viewOf } from '../problems.ts'
import { readAgent } from '../settings.ts'
import { call } from '../sync/calls.ts'
import { onOpen } from './opening.ts'
import { question } from './question.ts'
import { saveBlob } from './save-blob.ts'

/** The checks of a migration: asked again while they run; the cached ones stand with their age until then. */
export const ChecksModel = createModel((id: string) => {
  /** Whose sign a decision carries, as typed the last time. */
  const who = signal('')
  /** Rises when the agent came back and no longer asks what it was asking. */
  const cutShort = signal(0)
  const checks = question<ChecksView>(() => call('checks', { id }), {
    goesOn: (view) => view.running,
    onAnswer: (view, before) => {
      if (before?.running && !view.running) cutShort.value += 1
    },
    kept: {
      read: () => keptChecks(id),
      write: (view, at) => keepChecks(id, view, at),
    },
  })
  onOpen(() => {
    void checks.look()
    void readWho().then((name) => {
      who.value = name
    })
  })
  return {
    view: checks.answer,
    at: checks.at,
    fresh: checks.fresh,
    problem: checks.problem,
    cutShort,
    who,
    reload: () => {
      void checks.look()
    },
    follow: checks.follow,
    /** Asks these anew; all of them where the list is empty. */
    run: (keys: string[]) => {
      void checks.act(() => call('runChecks', { id, keys }))
    },
    /** Ends the asking; what has answered by then stays. */
    stop: () => {
      void checks.act(() => call('stopChecks', { id }))
    },
    /** Sets an error aside with a note, or takes that back (null). Resolves to whether it was done. */
    override: async (key: string, why: SaidWhy | null) => {
      if (why !== null) {
        who.value = why.who
        void writeWho(why.who)
      }
      return (await checks.act(() => call('override', { id, key, why }))) !== null
    },
  }
})
export type ChecksModel = InstanceType<typeof ChecksModel>

/** The things a check is about, or counts beside, page by page, and all of them as a file. */
export const OffendersModel = createModel(
  (id: string, key: string, of: { list: string; part?: string }) => {
    const { list, part } = of
    const after = signal<number | null>(null)
    const saved = signal<ProblemView | null>(null)
    const rows = question<OffenderPage>(() =>
      call('offenders', { id, key, ...of, after: after.value }),
    )
    const turn = (to: number | null) => {
      after.value = to
      void rows.look()
    }
    onOpen(() => {
      turn(null)
    })
    return {
      page: rows.answer,
      after,
      problem: computed(() => rows.problem.value ?? saved.value),
      turn,
      download: () => {
        saved.value = null
        void (async () => {
          const { address, token } = await readAgent()
          if (token === null) throw notPaired()
          const name = [key, list === foundList ? null : list, part].filter(Boolean).join('-')
          saveBlob(await table({ address, token }, id, { key, ...of }), `landfall-${name}.csv`)
        })().catch((error: unknown) => {
          saved.value = viewOf(error)
        })
      },
    }
  },
)
export type OffendersModel = InstanceType<typeof OffendersModel>
