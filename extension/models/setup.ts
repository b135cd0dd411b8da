import { computed, createModel, signal } from '@preact/signals'
import type { SetupView } from '../../shared/api-setup.ts'
import type { InspectionView } from '../../shared/api-setup-views.ts'
import type { ProblemView } from '../../shared/problem.ts'
import type { SetupStep } from '../../shared/setup.ts'
import { addressText, sourceAddress } from '../../shared/source-address.ts'
import { readDraft, type Secret, writeDraft } from '../drafts.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'
import { trySite, trySource } from './ask.ts'
import { onOpen } from './opening.ts'
import type { Place } from './place.ts'
import {
  bodyOf,
  differing,
  emptyForm,
  type Form,
  formOf,
  noSecrets,
  wrongOf,
} from './setup-form.ts'
import { isUnanswered, untilBack } from './until-back.ts'

/** What goes on at the agent: nothing, or the act the person waits for. */
type Busy = 'loading' | 'saving' | 'copying' | 'starting' | null

/**
 * One setup in the stepper. What is typed is kept in the browser at once and goes to the agent when a
 * step is left, so that the stepper can be closed anywhere and comes back as it was.
 * @param id null: a new migration, which the agent knows from its first step on
 */
export const SetupModel = createModel((id: string | null, go: (place: Place) => void) => {
  const form = signal<Form | null>(null)
  const view = signal<SetupView | null>(null)
  const busy = signal<Busy>('loading')
  const problem = signal<ProblemView | null>(null)
  /** Not at the agent yet. */
  const dirty = signal(false)
  /** Something was changed here since the checks were asked: what they said is about another setup. */
  const unchecked = signal(false)
  const source = signal<InspectionView['state'] | null>(null)
  /** What somebody else made of it since this was typed: a person chooses which of the two is kept. */
  const theirs = signal<SetupView | null>(null)
  /** Tokens that were typed on an earlier visit and reached nobody. */
  const lost = signal<readonly Secret[]>([])
  const sourceTest = trySource(id)
  const siteTest = trySite(id)
  let lastStep: SetupStep | null = null
  let queue: Promise<unknown> = Promise.resolve()

  async function load(): Promise<void> {
    busy.value = 'loading'
    try {
      const known = id === null ? null : await call('setup', { id })
      const typed = await readDraft(id)
      lost.value = typed?.unsent ?? []
      view.value = known
      const said = known ? formOf(known) : emptyForm
      const mine = typed && { ...said, ...typed, ...noSecrets }
      const same = mine !== null && differing(mine, said).length === 0
      form.value = mine === null || same ? said : mine
      dirty.value = mine !== null && !same
      if (same) await writeDraft(id, null)
      theirs.value = dirty.value && known && known.revision !== typed?.revision ? known : null
      problem.value = null
    } catch (error) {
      problem.value = viewOf(error)
    } finally {
      busy.value = null
    }
  }
  onOpen(() => {
    void load()
  })
  /** The agent was away: what was typed goes to it now; what else was wished for waits for its button. */
  async function back(): Promise<void> {
    if (form.value === null) return load()
    // Nothing is said of saving meanwhile: until the agent is back, each try is the same.
    await act(null, async () => {
      if (id === null) await call('sources', null)
      else if (dirty.value && lastStep !== null && maySave(lastStep)) await put(stepOf(lastStep))
      else view.value = await call('setup', { id })
    })
  }
  untilBack(problem, () => void back())

  /** Does one act at the agent at a time; what it threw is shown, and it gives null. */
  function act<T>(what: Busy, work: () => Promise<T>): Promise<T | null> {
    const turn = queue.then(async () => {
      busy.value = what
      if (!isUnanswered(problem.value)) problem.value = null
      try {
        const done = await work()
        problem.value = null
        return done
      } catch (error) {
        problem.value = viewOf(error)
        return null
      } finally {
        busy.value = null
      }
    })
    queue = turn
    return turn
  }

  /** The setup goes to the agent as it stands; a draft also with the step it was left at. */
  async function put(step: SetupStep | null): Promise<boolean> {
    const sent = form.value
    if (id === null || sent === null || theirs.value !== null) return false
    try {
      const { setup } = await call('edit', { id, body: bodyOf(sent, step) })
      view.value = setup
      const { revision } = setup
      // The tokens are with the agent now, and nowhere else.
      if (form.value === sent) await settle({ ...sent, ...noSecrets, revision })
      else if (form.value) {
        form.value = { ...form.value, revision }
        await writeDraft(id, form.value)
      }
      return true
    } catch (error) {
      if (viewOf(error).code !== 'setup-changed') throw error
      return await meet(step)
    }
  }

  /** Nothing is typed that the agent does not have. */
  async function settle(as: Form): Promise<void> {
    form.value = as
    dirty.value = false
    theirs.value = null
    await writeDraft(id, null)
  }

  /** Theirs is shown; what was tried here says nothing of it. */
  function take(known: SetupView): Promise<void> {
    siteTest.forget()
    sourceTest.forget()
    return settle(formOf(known))
  }

  /** Somebody else changed it since: where nothing was typed here theirs is shown, else a person chooses. */
  async function meet(step: SetupStep | null): Promise<boolean> {
    if (id === null || form.value === null) return false
    const known = await call('setup', { id })
    view.value = known
    const said = formOf(known)
    if (!dirty.value || differing(form.value, said).length === 0) {
      await take(known)
      return put(step)
    }
    theirs.value = known
    return false
  }

  const maySave = (step: SetupStep) => form.value !== null && wrongOf(form.value, step).length === 0
  /** What is done stays done while it is looked through; only a draft moves along. */
  const stepOf = (step: SetupStep) => (view.value?.step === null ? null : step)

  function save(step: SetupStep): Promise<boolean | null> {
    if (!maySave(step)) return Promise.resolve(null)
    lastStep = step
    return act('saving', () => put(stepOf(step)))
  }

  return {
    form,
    view,
    busy,
    problem,
    dirty,
    unchecked,
    lost,
    sourceTest,
    siteTest,
    /** The parts in which what was typed here differs from what somebody else wrote since; null: nobody did. */
    clash: computed(() =>
      theirs.value && form.value ? differing(form.value, formOf(theirs.value)) : null,
    ),
    /** Settles the clash: what stands at the agent is kept, or what was typed here. */
    keep: async (which: 'theirs' | 'mine', step: SetupStep): Promise<void> => {
      const known = theirs.value
      if (!known || !form.value) return
      if (which === 'theirs') return take(known)
      theirs.value = null
      form.value = { ...form.value, revision: known.revision }
      await writeDraft(id, form.value)
      await save(step)
    },
    /** How far the reading of the source is, as the inspection step heard it. */
    source,
    wrong: computed(() => (form.value ? wrongOf(form.value, view.value?.step ?? 'name') : [])),
    /** The agent keeps a token for one address and account only. */
    tokenStored: computed(() => {
      const site = view.value?.site
      const typed = form.value
      if (site?.kind !== 'cloud' || !site.tokenStored || !typed) return false
      return sameOrigin(typed.url, site.url) && typed.email.trim() === site.email
    }),
    sourceTokenStored: computed(() => {
      const source = view.value?.source
      const typed = form.value
      if (source?.kind !== 'datacenter' || !source.tokenStored || !typed) return false
      return sameAddress(typed.jiraUrl, source.url) && typed.jiraUser.trim() === (source.user ?? '')
    }),
    set: (change: Partial<Form>) => {
      if (!form.value) return
      form.value = { ...form.value, ...change }
      lost.value = lost.value.filter((field) => !(field in change))
      dirty.value = true
      // What it is called is no matter of the checks.
      if (Object.keys(change).some((field) => field !== 'name')) unchecked.value = true
      void writeDraft(id, form.value)
    },
    reload: () => {
      void load()
    },
    /** The person is at this step now: what was typed at the one before goes to the agent. */
    visit: async (step: SetupStep): Promise<void> => {
      // The step that is on its way to the agent counts: what it has now is about to be another one.
      const at = view.value?.step ?? null
      const moved = at !== null && (lastStep ?? at) !== step
      if (dirty.value || moved) await save(step)
    },
    save,
    /** The first step of a new one: from here on the agent knows it. */
    begin: () => {
      const typed = form.value
      if (!typed) return
      void act('saving', () => call('createSetup', bodyOf(typed, 'source'))).then(async (made) => {
        if (!made) return
        await writeDraft(null, null)
        go({ at: 'setup', id: made.id, step: 'source' })
      })
    },
    /** The setup is done; runs it where asked for. */
    finish: (run: boolean) => {
      void act(run ? 'starting' : 'saving', async () => {
        if (id === null || !(await put(null))) return
        if (run) await call('act', { id, act: 'run' })
        go({ at: 'migration', id, tab: 'overview', after: null })
      })
    },
    copy: () => {
      if (id !== null)
        void act('copying', () => call('copy', { id, name: null })).then((made) => {
          if (made) go({ at: 'setup', id: made.id, step: 'name' })
        })
    },
  }
})
export type SetupModel = InstanceType<typeof SetupModel>

const sameOrigin = (a: string, b: string): boolean =>
  a.trim() === b || (URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin)

/** As the agent compares them, by the same function. */
function sameAddress(typed: string, known: string): boolean {
  try {
    return addressText(sourceAddress(typed)) === addressText(sourceAddress(known))
  } catch {
    // What is no address yet is not the one that is known.
    return false
  }
}
