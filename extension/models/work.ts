import { createModel } from '@preact/signals'
import type { InspectionView, PreviewView } from '../../shared/api-setup-views.ts'
import type { SourceProjectsView } from '../../shared/source-projects.ts'
import type { WorkAct } from '../agent-setup.ts'
import { call } from '../sync/calls.ts'
import { onOpen } from './opening.ts'
import { question } from './question.ts'

interface Work<T> {
  load: (id: string, act: WorkAct) => Promise<T>
  goesOn: (view: T) => boolean
  /** Nobody has begun it yet. */
  notBegun: (view: T) => boolean
}
interface Wish<T> {
  /** Whether it is begun here where nobody has begun it yet. */
  begins?: boolean
  onView?: (view: T) => void
}

/** A long work at the agent that is begun where needed, watched while the page is open, and can be ended. */
function workModel<T>({ load, goesOn, notBegun }: Work<T>) {
  return createModel((id: string, { begins = true, onView }: Wish<T> = {}) => {
    /** Ended here: a plan or a list of an agent that was restarted since knows nothing of that. */
    let stopped = false
    const begin = () => {
      stopped = false
      void work.act(() => load(id, 'begin'))
    }
    const work = question(() => load(id, 'ask'), {
      goesOn,
      onAnswer: (view) => {
        onView?.(view)
        if (begins && !stopped && notBegun(view)) begin()
      },
    })
    onOpen(() => {
      void work.look()
    })
    return {
      view: work.answer,
      at: work.at,
      problem: work.problem,
      look: () => {
        void work.look()
      },
      begin,
      /** From its beginning, whatever an earlier one left. */
      anew: () => {
        stopped = false
        void work.act(() => load(id, 'anew'))
      },
      stop: () => {
        stopped = true
        void work.act(() => load(id, 'stop'))
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
