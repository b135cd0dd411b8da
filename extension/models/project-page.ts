import { createModel, signal } from '@preact/signals'
import type { ChecklistView, PlacePage } from '../../shared/api-after.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'
import type { AtSite } from '../sync/overlay-calls.ts'
import type { ListOfCheck, ProjectPage } from '../sync/pages-calls.ts'

/** While the checks are asked, they are looked at again so often. */
const askAgainAfterMs = 1500

/**
 * Checks, checklist and sign-off of a project on its page.
 * @param at the part of every question that says where the page is
 */
export const ProjectPageModel = createModel((project: string, at: () => AtSite) => {
  const page = signal<ProjectPage | null>(null)
  const problem = signal<ProblemView | null>(null)
  /** Whose name stands beside what is decided; '' until it was told. */
  const who = signal('')
  const busy = signal(false)
  let timer: ReturnType<typeof setTimeout>
  let left = false
  const of = () => ({ project, ...at() })

  async function attempt(work: () => Promise<void>): Promise<void> {
    busy.value = true
    try {
      await work()
      problem.value = null
    } catch (error) {
      problem.value = viewOf(error)
    } finally {
      busy.value = false
    }
  }
  const reload = () =>
    attempt(async () => {
      clearTimeout(timer)
      const got = await call('projectPage', of())
      if (left) return
      page.value = got
      who.value ||= got.who
      if (got.after.running) timer = setTimeout(() => void reload(), askAgainAfterMs)
    })
  const take = (work: () => Promise<ChecklistView>) =>
    attempt(async () => {
      const checklist = await work()
      if (page.value) page.value = { ...page.value, checklist }
    })
  return {
    page,
    problem,
    who,
    busy,
    reload: () => void reload(),
    run: () =>
      void attempt(async () => {
        await call('projectRun', of())
        await reload()
      }),
    tick: (entry: string, done: boolean) =>
      void take(() => call('projectTick', { ...of(), entry, done, who: who.value })),
    signOff: () => void take(() => call('projectSign', { ...of(), who: who.value })),
    withdraw: () => void take(() => call('projectWithdraw', { ...of(), who: who.value })),
    places: (ask: ListOfCheck): Promise<PlacePage> => call('projectPlaces', { ...of(), ...ask }),
    leave: () => {
      left = true
      clearTimeout(timer)
    },
  }
})
export type ProjectPageModel = InstanceType<typeof ProjectPageModel>
