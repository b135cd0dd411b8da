/** What the extension remembers by itself: where the agents are, and what the person prefers. */
import * as v from 'valibot'
import { onLocalChange, readLocal, writeLocal } from './platform.ts'
import { addressWords } from './words-problems.ts'

/** 4747 is where the agent listens unless told otherwise. */
export const defaultAddress = 'http://127.0.0.1:4747'

/** Only this machine: the token must not travel, and the extension has no permission for more. */
export const AddressSchema = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^http:\/\/127\.0\.0\.1:\d{1,5}\/?$/, addressWords.agent),
  v.transform((address) => address.replace(/\/$/, '')),
)

const AgentSchema = v.object({
  address: v.string(),
  /** null until paired. */
  token: v.nullable(v.string()),
  name: v.string(),
})
export type AgentSettings = v.InferOutput<typeof AgentSchema>

/** Of what a person is told, each with its own switch. waiting: a run is held until a person does something. */
export const runNotices = ['started', 'finished', 'incomplete', 'failed', 'waiting'] as const
/** The same of app migrations, of which there are many in one run. */
export const appNotices = ['appFinished', 'appFailed', 'appWaiting'] as const
export type RunNotice = (typeof runNotices)[number]
export type AppNotice = (typeof appNotices)[number]
export type NoticeKind = RunNotice | AppNotice

export const themes = ['system', 'light', 'dark'] as const
export const densities = ['roomy', 'compact'] as const
export const pillPlaces = ['bottom right', 'bottom left', 'top right', 'top left'] as const
export type PillPlace = (typeof pillPlaces)[number]
const on = v.optional(v.boolean(), true)
/** Each part has its usual value, so that what an older version stored still fits. */
const PreferencesSchema = v.object({
  theme: v.optional(v.picklist(themes), 'system'),
  density: v.optional(v.picklist(densities), 'roomy'),
  /** Over the site's pages at all, and then where. */
  overlay: on,
  overlayOn: v.optional(
    v.object({
      issues: on,
      projects: on,
      boards: on,
      filters: on,
      lists: on,
      people: on,
      jql: on,
      oldPages: on,
    }),
    {},
  ),
  /** The corner of the window in which the pill stands. */
  pillAt: v.optional(v.picklist(pillPlaces), 'bottom right'),
  /** At all, and then of what. */
  notifications: on,
  notify: v.optional(
    v.object({
      started: on,
      finished: on,
      incomplete: on,
      failed: on,
      waiting: on,
      appFinished: on,
      appFailed: on,
      appWaiting: on,
    }),
    {},
  ),
})
export type Preferences = v.InferOutput<typeof PreferencesSchema>
/** The features of the overlay, each with its own switch. */
export type OverlayFeature = keyof Preferences['overlayOn']

/** What an agent is called that has not said its name yet. */
export const usualName = 'this machine'
const noAgent: AgentSettings = { address: defaultAddress, token: null, name: usualName }
const usual: Preferences = v.parse(PreferencesSchema, {})

const agentKey = 'agent'
const othersKey = 'agents'
const preferencesKey = 'preferences'

const agentOf = (value: unknown) => parsed(AgentSchema, value, noAgent)
const othersOf = (value: unknown) => parsed(v.array(AgentSchema), value, [])
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

/** The agents that are known beside the one in use. */
export const readOthers = async () => othersOf(await readLocal(othersKey))
export const writeOthers = (agents: AgentSettings[]) => writeLocal(othersKey, agents)
export const onOthersChange = (callback: (agents: AgentSettings[]) => void) =>
  onLocalChange(othersKey, (value) => callback(othersOf(value)))

/** Theme, density, overlay and notifications. */
export const readPreferences = async () => preferencesOf(await readLocal(preferencesKey))
/** Changes these and leaves the others as they are. */
export const changePreferences = async (change: Partial<Preferences>) =>
  writeLocal(preferencesKey, { ...(await readPreferences()), ...change })
export const onPreferencesChange = (callback: (preferences: Preferences) => void) =>
  onLocalChange(preferencesKey, (value) => callback(preferencesOf(value)))
