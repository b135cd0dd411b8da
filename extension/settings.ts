/** What the extension remembers by itself: where the agent is, and what the person prefers. */
import * as v from 'valibot'
import { onLocalChange, readLocal, writeLocal } from './platform.ts'

/** 4747 is where the agent listens unless told otherwise. */
export const defaultAddress = 'http://127.0.0.1:4747'

/** Only this machine: the token must not travel, and the extension has no permission for more. */
export const AddressSchema = v.pipe(
  v.string(),
  v.trim(),
  v.regex(
    /^http:\/\/127\.0\.0\.1:\d{1,5}\/?$/,
    'The address looks like http://127.0.0.1:4747: the agent listens on this machine only.',
  ),
  v.transform((address) => address.replace(/\/$/, '')),
)

const AgentSchema = v.object({
  address: v.string(),
  /** null until paired. */
  token: v.nullable(v.string()),
  name: v.string(),
})
export type AgentSettings = v.InferOutput<typeof AgentSchema>

export const themes = ['system', 'light', 'dark'] as const
const PreferencesSchema = v.object({
  theme: v.picklist(themes),
  overlay: v.boolean(),
  notifications: v.boolean(),
})
export type Preferences = v.InferOutput<typeof PreferencesSchema>

const noAgent: AgentSettings = { address: defaultAddress, token: null, name: 'this machine' }
const usual: Preferences = { theme: 'system', overlay: true, notifications: true }

const agentKey = 'agent'
const preferencesKey = 'preferences'

const agentOf = (value: unknown) => parsed(AgentSchema, value, noAgent)
const preferencesOf = (value: unknown) => parsed(PreferencesSchema, value, usual)

/** Stored values of an older version that no longer fit give way to the usual ones. */
function parsed<T>(schema: v.GenericSchema<unknown, T>, value: unknown, otherwise: T): T {
  const result = v.safeParse(schema, value)
  return result.success ? result.output : otherwise
}

/** The agent's address, name and token; the token is null until paired. */
export const readAgent = async () => agentOf(await readLocal(agentKey))
export const writeAgent = (agent: AgentSettings) => writeLocal(agentKey, agent)
export const onAgentChange = (callback: (agent: AgentSettings) => void) =>
  onLocalChange(agentKey, (value) => callback(agentOf(value)))

/** Theme, overlay and notifications. */
export const readPreferences = async () => preferencesOf(await readLocal(preferencesKey))
export const writePreferences = (preferences: Preferences) =>
  writeLocal(preferencesKey, preferences)
export const onPreferencesChange = (callback: (preferences: Preferences) => void) =>
  onLocalChange(preferencesKey, (value) => callback(preferencesOf(value)))
