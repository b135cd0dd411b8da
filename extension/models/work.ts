import { createModel, signal } from '@preact/signals'
import type { InspectionView, PreviewView } from '../../shared/api-setup-views.ts'
import type { ProblemView } from '../../shared/problem.ts'
import type { SourceProjectsView } from '../../shared/source-projects.ts'
import type { WorkAct } from '../agent-setup.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'
import { onOpen } from './opening.ts'

/** Often enough for a bar to move, seldom enough for an agent that reads. */
const askAgainAfterMs = 700

interface Work<T> {
  load: (id: string, act: WorkAct) => Promise<T>
  goesOn: (view: T) => boolean
  /** Nobody has begun it yet. */
  notBegun: (view: T) => boolean
}

/** A long work at the agent that is begun where needed, watched while the page is open, and can be ended. */
function workModel<T>({ load, goesOn, notBegun }: Work<T>) {
  return createModel((id: string, onView: (view: T) => void = () => {}) => {
    const view = signal<T | null>(null)
    const problem = signal<ProblemView | null>(null)
    let timer: ReturnType<typeof setTimeout> | undefined
    let left = false

    async function ask(act: WorkAct): Promise<void> {
      clearTimeout(timer)
      try {
        const got = await load(id, act)
        if (left) return
        view.value = got
        problem.value = null
        onView(got)
        if (act === 'ask' && notBegun(got)) return await ask('begin')
        if (goesOn(got)) timer = setTimeout(() => void ask('ask'), askAgainAfterMs)
      } catch (error) {
        if (!left) problem.value = viewOf(error)
      }
    }
    onOpen(() => {
      void ask('ask')
      return () => {
        left = true
        clearTimeout(timer)
      }
    })
    return {
      view,
      problem,
      begin: () => {
        void ask('begin')
      },
      /** From its beginning, whatever an earlier one left. */
      anew: () => {
        void ask('anew')
      },
      stop: () => {
        void ask('stop')
      },
    }
  })
}

/** The reading of a source, with what was found. */
export const InspectionModel = workModel<InspectionView>({
  load: (id, act) => call('inspection', { id, act }),
  goesOn: (view) => view.state === 'reading',
  // Of a live source a person chooses first what is read.
  notBegun: (view) => view.state === 'none' && !view.choose,
})
export type InspectionModel = InstanceType<typeof InspectionModel>

/** The projects of a live source, listed and counted before it is read. */
export const SourceProjectsModel = workModel<SourceProjectsView>({
  load: (id, act) => call('sourceProjects', { id, act }),
  goesOn: (view) => view.state === 'listing',
  notBegun: (view) => view.state === 'none',
})
export type SourceProjectsModel = InstanceType<typeof SourceProjectsModel>

/** The dry run of a plan, with its numbers. */
export const PreviewModel = workModel<PreviewView>({
  load: (id, act) => call('preview', { id, act }),
  goesOn: (view) => view.state === 'planning',
  notBegun: (view) => view.state === 'none',
})
export type PreviewModel = InstanceType<typeof PreviewModel>
