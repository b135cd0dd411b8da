import type { RecordSink, Shape } from '../source.ts'
import type { EntityPlan } from './plan.ts'

/** The few of Jira's own properties that are read. All others may hold licences and secrets. */
export interface WantedProperties {
  version(): string | null
  build(): string | null
  baseUrl(): string | null
  serverId(): string | null
}

/** jira.version.patched is the build of the last upgrade; jira.version exists from about 6.0.8. */
const own = new Set(['jira.version', 'jira.version.patched', 'jira.baseurl', 'jira.sid.key'])

/**
 * OSPropertyEntry names a property, a row of the same id in OSPropertyString and its like holds the
 * value. Entries come first (the file is in alphabetical order), so the wanted ids are remembered.
 */
export function propertyPlans(sink: RecordSink): {
  plans: Map<string, EntityPlan>
  wanted: WantedProperties
} {
  const found = new Map<string, string>()
  const awaited = new Map<string, (value: string) => void>()
  const archived: Shape = { table: 'draftArchived', columns: ['projectId', 'value'] }
  const person: Shape = { table: 'draftOsProperty', columns: ['userId', 'key', 'value'] }

  const entry: EntityPlan = {
    columns: ['id', 'entityName', 'entityId', 'propertyKey'],
    row([id, entity, entityId = null, key]) {
      if (id === null || id === undefined || key === null || key === undefined) return
      if (entity === 'jira.properties' && own.has(key))
        awaited.set(id, (value) => found.set(key, value))
      else if (entity === 'OSUser' && (key === 'fullName' || key === 'email'))
        awaited.set(id, (value) => sink.row(person, [entityId, key, value]))
      else if (key === 'jira.archiving.projects') {
        sink.row(archived, [entityId, null])
        awaited.set(id, (value) => sink.row(archived, [entityId, value]))
      }
    },
  }
  const value: EntityPlan = {
    columns: ['id', 'value'],
    row([id, text]) {
      if (awaited.size === 0 || id === null || id === undefined) return
      const settle = awaited.get(id)
      if (settle !== undefined && typeof text === 'string') settle(text)
    },
  }
  const plans = new Map([['OSPropertyEntry', entry]])
  for (const name of ['OSPropertyString', 'OSPropertyText', 'OSPropertyNumber'])
    plans.set(name, { ...value })
  const get = (key: string) => () => found.get(key) ?? null
  return {
    plans,
    wanted: {
      version: get('jira.version'),
      build: get('jira.version.patched'),
      baseUrl: get('jira.baseurl'),
      serverId: get('jira.sid.key'),
    },
  }
}
