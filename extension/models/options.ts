import { createModel, effect, signal } from '@preact/signals'
import * as v from 'valibot'
import {
  AddressSchema,
  type AgentSettings,
  onAgentChange,
  onPreferencesChange,
  type Preferences,
  readAgent,
  readPreferences,
  themes,
  writeAgent,
  writePreferences,
} from '../settings.ts'
import { call } from '../sync/calls.ts'

export { type Preferences, themes }

/** What a person can set, written as soon as it is changed. */
export const OptionsModel = createModel(() => {
  const agent = signal<AgentSettings | null>(null)
  const preferences = signal<Preferences | null>(null)
  const wrongAddress = signal<string | null>(null)
  const saved = signal(false)

  effect(() => {
    void readAgent().then((known) => {
      agent.value = known
    })
    return onAgentChange((changed) => {
      agent.value = changed
    })
  })
  effect(() => {
    void readPreferences().then((known) => {
      preferences.value = known
    })
    return onPreferencesChange((changed) => {
      preferences.value = changed
    })
  })

  return {
    agent,
    preferences,
    wrongAddress,
    saved,
    /** Another address may be another agent: its token is asked for anew. */
    setAddress: (typed: string) => {
      const parsed = v.safeParse(AddressSchema, typed)
      wrongAddress.value = parsed.success ? null : parsed.issues[0].message
      saved.value = parsed.success
      if (!parsed.success || !agent.value || parsed.output === agent.value.address) return
      void writeAgent({ ...agent.value, address: parsed.output, token: null }).then(() =>
        call('pull', null),
      )
    },
    set: (change: Partial<Preferences>) => {
      if (preferences.value) void writePreferences({ ...preferences.value, ...change })
    },
    unpair: () => {
      void call('unpair', null)
    },
  }
})
export type OptionsModel = InstanceType<typeof OptionsModel>
