import { computed, createModel } from '@preact/signals'
import type { BesidePage } from '../../shared/api-beside.ts'
import type { PlannedPage } from '../../shared/api-planned.ts'
import type { StrangerPage } from '../../shared/api-strangers.ts'
import type { ItemPage } from '../agent-client.ts'
import { live } from '../cache/live.ts'
import { detailById } from '../cache/questions.ts'
import { call } from '../sync/calls.ts'
import { onOpen } from './opening.ts'
import type { BesidePlace, ItemsPlace, PlannedPlace, StrangersPlace } from './place.ts'
import { question } from './question.ts'

/** As many rows as a person scrolls through; the next page is one click away. */
export const pageSize = 100

/** One page of a long list: what it holds, and why it could not be had. Only one page is in memory. */
export function pageModel<Page, Question>(load: (question: Question) => Promise<Page>) {
  return createModel((asked: Question) => {
    const page = question(() => load(asked))
    onOpen(() => {
      void page.look()
    })
    return {
      page: page.answer,
      at: page.at,
      problem: page.problem,
      reload: () => {
        void page.look()
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

/** The items behind a number of a plan that was made dry. */
export const PlannedModel = pageModel<PlannedPage, PlannedPlace>(({ at: _, ...asked }) =>
  call('planned', { ...asked, limit: pageSize }),
)

/** What the site has beyond the source. */
export const StrangersModel = pageModel<StrangerPage, StrangersPlace>(({ id, kind, after }) =>
  call('strangers', {
    id,
    limit: pageSize,
    ...(kind === null ? {} : { kind }),
    ...(after === null ? {} : { after }),
  }),
)

/** What a run makes beside the items. */
export const BesideModel = pageModel<BesidePage, BesidePlace>(({ id, list, after }) =>
  call('beside', { id, list, after: after ?? 0, limit: pageSize }),
)

/** What the cache knows of a migration's findings, to name the one that a list is narrowed to. */
export const CauseModel = createModel((id: string) => {
  const detail = live(() => detailById(id))
  return { findings: computed(() => detail.value?.findings ?? []) }
})
