import { createModel, signal } from '@preact/signals'
import type {
  CollisionsView,
  SiteTestView,
  SourcesView,
  SourceTestView,
} from '../../shared/api-setup-views.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { upload } from '../agent-setup.ts'
import { notPaired, viewOf } from '../problems.ts'
import { readAgent } from '../settings.ts'
import { call } from '../sync/calls.ts'
import { onOpen } from './opening.ts'
import { type Form, siteOf, sourceOf } from './setup-form.ts'

/** A question whose answer stands in `answer`, or why there is none in `problem`. */
function question<T>() {
  const answer = signal<T | null>(null)
  const problem = signal<ProblemView | null>(null)
  const busy = signal(false)
  async function ask(load: () => Promise<T>): Promise<T | null> {
    busy.value = true
    problem.value = null
    try {
      answer.value = await load()
      return answer.value
    } catch (error) {
      problem.value = viewOf(error)
      return null
    } finally {
      busy.value = false
    }
  }
  return { answer, problem, busy, ask }
}

/** The backups that the agent finds, and one that is sent to it. */
export const SourcesModel = createModel(() => {
  const found = question<SourcesView>()
  const sent = question<string>()
  const look = () => {
    void found.ask(() => call('sources', null))
  }
  onOpen(() => {
    look()
  })
  return {
    found: found.answer,
    problem: found.problem,
    uploading: sent.busy,
    uploadProblem: sent.problem,
    look,
    /** Sends a small backup to the agent; calls back with the path it has there. */
    upload: (file: File, done: (path: string) => void) => {
      void sent
        .ask(async () => {
          const { address, token } = await readAgent()
          if (token === null) throw notPaired()
          return (await upload({ address, token }, file)).path
        })
        .then((path) => {
          if (path !== null) done(path)
          look()
        })
    },
  }
})
export type SourcesModel = InstanceType<typeof SourcesModel>

/** As whom a live source is read, and how much of it there is. */
export const SourceTestModel = createModel((id: string) => {
  const test = question<SourceTestView>()
  return {
    result: test.answer,
    problem: test.problem,
    busy: test.busy,
    ask: (form: Form) => {
      test.answer.value = null
      void test.ask(() => call('testSource', { id, source: sourceOf(form) }))
    },
    /** Another address or token was typed: the old answer is about something else. */
    forget: () => {
      test.answer.value = null
      test.problem.value = null
    },
  }
})
export type SourceTestModel = InstanceType<typeof SourceTestModel>

/** Who the token belongs to, and what that account may not do. */
export const SiteTestModel = createModel((id: string) => {
  const test = question<SiteTestView>()
  return {
    result: test.answer,
    problem: test.problem,
    busy: test.busy,
    ask: (form: Form) => {
      test.answer.value = null
      void test.ask(() => call('testSite', { id, site: siteOf(form) }))
    },
    /** Another address or token was typed: the old answer is about something else. */
    forget: () => {
      test.answer.value = null
      test.problem.value = null
    },
  }
})
export type SiteTestModel = InstanceType<typeof SiteTestModel>

/** The names that source and site share. */
export const CollisionsModel = createModel((id: string) => {
  const names = question<CollisionsView>()
  const look = () => {
    void names.ask(() => call('collisions', { id }))
  }
  onOpen(() => {
    look()
  })
  return { view: names.answer, problem: names.problem, busy: names.busy, look }
})
export type CollisionsModel = InstanceType<typeof CollisionsModel>
