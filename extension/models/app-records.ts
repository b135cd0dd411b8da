import { createModel, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { AppRecordView } from '../../shared/api-apps.ts'
import type { ProblemView } from '../../shared/problem.ts'
import type { Verdict } from '../../shared/status.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'
import { untilBack } from './until-back.ts'

/** The records of an app that a number counts, in pages; asked anew when a change comes while the first is shown. */
export const AppRecordsModel = createModel(
  (
    id: string,
    key: string,
    verdict: Verdict | null,
    changed: ReadonlySignal<number | undefined>,
  ) => {
    const records = signal<AppRecordView[] | null>(null)
    const next = signal<number | null>(null)
    const problem = signal<ProblemView | null>(null)
    let paged = false

    async function load(after: number): Promise<void> {
      try {
        const page = await call('appRecords', { id, key, verdict, after })
        if (paged && after === 0) return
        records.value = after === 0 ? page.records : [...(records.value ?? []), ...page.records]
        next.value = page.next
        problem.value = null
      } catch (error) {
        problem.value = viewOf(error)
      }
    }
    effect(() => {
      if (changed.value !== undefined && !paged) void load(0)
    })
    untilBack(problem, () => void load(paged ? (next.value ?? 0) : 0))
    return {
      /** null until the agent has answered. */
      records: records as ReadonlySignal<AppRecordView[] | null>,
      next: next as ReadonlySignal<number | null>,
      problem,
      more: () => {
        paged = true
        if (next.value !== null) void load(next.value)
      },
      reload: () => {
        paged = false
        void load(0)
      },
    }
  },
)
export type AppRecordsModel = InstanceType<typeof AppRecordsModel>
