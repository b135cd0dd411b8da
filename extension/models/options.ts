import { createModel, effect, signal } from '@preact/signals'
import * as v from 'valibot'
import type { ProblemView } from '../../shared/problem.ts'
import { live } from '../cache/live.ts'
import { shelfCounts } from '../cache/questions.ts'
import { viewOf } from '../problems.ts'
import {
  AddressSchema,
  type AgentSettings,
  appNotices,
  changePreferences,
  densities,
  type OverlayFeature,
  onAgentChange,
  onOthersChange,
  onPreferencesChange,
  type Preferences,
  pillPlaces,
  readAgent,
  readOthers,
  readPreferences,
  runNotices,
  themes,
} from '../settings.ts'
import { type CallName, type Calls, call } from '../sync/calls.ts'

export {
  type AgentSettings,
  appNotices,
  densities,
  type OverlayFeature,
  type Preferences,
  pillPlaces,
  runNotices,
  themes,
}

/** What a person can set, written as soon as it is changed; agents are changed by the background. */
export const OptionsModel = createModel(() => {
  const agent = signal<AgentSettings | null>(null)
  const others = signal<AgentSettings[]>([])
  const preferences = signal<Preferences | null>(null)
  const wrongAddress = signal<string | null>(null)
  const problem = signal<ProblemView | null>(null)
  /** The last thing that was done, for the line that says so. */
  const done = signal<'saved' | 'cleared' | null>(null)
  const bytes = signal<number | null>(null)

  effect(() => follow(readAgent, onAgentChange, agent))
  effect(() => follow(readOthers, onOthersChange, others))
  effect(() => follow(readPreferences, onPreferencesChange, preferences))
  const weigh = () =>
    navigator.storage.estimate().then(({ usage }) => {
      bytes.value = usage ?? null
    })
  effect(() => {
    void weigh()
  })

  async function ask<Name extends CallName>(
    name: Name,
    what: Calls[Name]['ask'],
    then: 'saved' | 'cleared',
  ): Promise<void> {
    problem.value = null
    done.value = null
    try {
      await call(name, what)
      done.value = then
    } catch (error) {
      problem.value = viewOf(error)
    }
    await weigh()
  }
  /** The address in its one form; null, and the reason at the field, when it is none. */
  function addressOf(typed: string): string | null {
    const parsed = v.safeParse(AddressSchema, typed)
    wrongAddress.value = parsed.success ? null : parsed.issues[0].message
    return parsed.success ? parsed.output : null
  }

  return {
    agent,
    others,
    preferences,
    wrongAddress,
    problem,
    done,
    /** What the browser keeps, in bytes; null where it does not tell. */
    bytes,
    counts: live(shelfCounts),
    /** Another name, or the address where the same agent is found now: the pairing stays. */
    change: (name: string, typed: string) => {
      const address = addressOf(typed)
      if (address !== null)
        void ask('changeAgent', { name: name.trim() || address, address }, 'saved')
    },
    add: (name: string, typed: string) => {
      const address = addressOf(typed)
      if (address !== null) void ask('addAgent', { name: name.trim() || address, address }, 'saved')
    },
    use: (address: string) => {
      void ask('chooseAgent', { address }, 'saved')
    },
    forget: (address: string) => {
      void ask('forgetAgent', { address }, 'saved')
    },
    unpair: () => {
      void ask('unpair', null, 'saved')
    },
    clear: () => {
      void ask('clearCache', null, 'cleared')
    },
    set: (change: Partial<Preferences>) => {
      void changePreferences(change)
    },
  }
})
export type OptionsModel = InstanceType<typeof OptionsModel>

/** A stored value as a signal: as it is now, and as other pages change it. */
function follow<T>(
  read: () => Promise<T>,
  onChange: (callback: (value: T) => void) => () => void,
  into: { value: T | null },
): () => void {
  void read().then((known) => {
    into.value = known
  })
  return onChange((changed) => {
    into.value = changed
  })
}
