import { computed, createModel, signal } from '@preact/signals'
import type { StrangerPage } from '../../shared/api-strangers.ts'
import type { ProblemView } from '../../shared/problem.ts'
import type { ItemPage } from '../agent-client.ts'
import { live } from '../cache/live.ts'
import { detailById } from '../cache/questions.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'
import type { ItemsPlace, StrangersPlace } from './place.ts'

/** As many rows as a person scrolls through; the next page is one click away. */
export const pageSize = 100

/** One page of a long list: what it holds, and why it could not be had. Only one page is in memory. */
function pageModel<Page, Question>(load: (question: Question) => Promise<Page>) {
  return createModel((question: Question) => {
    const page = signal<Page | null>(null)
    const problem = signal<ProblemView | null>(null)
    async function read(): Promise<void> {
      try {
        page.value = await load(question)
        problem.value = null
      } catch (error) {
        problem.value = viewOf(error)
      }
    }
    void read()
    return {
      page,
      problem,
      reload: () => {
        void read()
      },
    }
  })
}

/** The items behind a number. */
export const ItemsModel = pageModel<ItemPage, ItemsPlace>(
  ({ id, kind, verdict, project, after, only, code, root }) =>
    call('items', {
      id,
      limit: pageSize,
      ...(kind === null ? {} : { kind }),
      ...(verdict === null ? {} : { verdict }),
      ...(project === null ? {} : { project }),
      ...(only === undefined ? {} : { only }),
      ...(code === undefined ? {} : { code }),
      ...(root === undefined ? {} : { root }),
      ...(after === null ? {} : { after }),
    }),
)
export type ItemsModel = InstanceType<typeof ItemsModel>

/** What the site has beyond the source. */
export const StrangersModel = pageModel<StrangerPage, StrangersPlace>(({ id, kind, after }) =>
  call('strangers', {
    id,
    limit: pageSize,
    ...(kind === null ? {} : { kind }),
    ...(after === null ? {} : { after }),
  }),
)

/** What the cache knows of a migration's findings, to name the one that a list is narrowed to. */
export const CauseModel = createModel((id: string) => {
  const detail = live(() => detailById(id))
  return { findings: computed(() => detail.value?.findings ?? []) }
})
