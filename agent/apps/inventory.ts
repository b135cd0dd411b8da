import { createHash } from 'node:crypto'
import type { AppDecision, AppTrace } from '../../shared/api-apps.ts'
import type { AppMarks } from '../../shared/api-source.ts'
import type { AppToDecide } from '../../shared/app-rows.ts'
import { type AppFacts, openAppFacts } from '../snapshot/apps.ts'
import { isSystem, type KnownApp, knownApps } from './names.ts'

/** An app of the source with all that it left there. */
export interface SourceApp {
  key: string
  name: string
  version: string | null
  vendor: string | null
  contact: string | null
  system: boolean
  trace: AppTrace
  /** Its keys of entity properties: what it may write on the site. */
  propertyKeys: string[]
  /** Filters that name a field of it. */
  filterIds: string[]
}

/**
 * The hash in the names of an app's tables, AO_60DB71_…: the last six hexadecimal digits of the MD5 of its key.
 * Checked on com.pyxis.greenhopper.jira = 60DB71 and com.atlassian.servicedesk = 54307E.
 */
export const tableHash = (key: string): string =>
  createHash('md5').update(key).digest('hex').slice(-6).toUpperCase()

/**
 * Every app that left a trace, by key. Of Jira's own plugins only those with data are listed: each server has
 * over a hundred. Traces that no known key explains become an app of their own, so that none is lost.
 */
export function inventory(facts: AppFacts): SourceApp[] {
  const owners = createOwners(facts)
  const apps = new Map<string, SourceApp>()
  const of = (key: string) => {
    const found = apps.get(key) ?? fresh(key, facts)
    apps.set(key, found)
    return found
  }
  for (const { key } of facts.plugins) if (key && !isSystem(key)) of(key)
  for (const table of facts.tables)
    if (table.rows) of(owners.table(table.name)).trace.tables.push(table)
  for (const { key, entity, count } of facts.properties) {
    const app = of(owners.property(key))
    if (!app.propertyKeys.includes(key)) app.propertyKeys.push(key)
    const known = app.trace.properties.find((one) => one.entity === entity)
    if (known) known.count += count
    else app.trace.properties.push({ entity, count })
  }
  for (const field of facts.fields)
    if (field.type.includes(':')) of(field.type.split(':')[0] ?? '').trace.fields.push(field)
  for (const { kind, subject, reference } of facts.uses) {
    const key = kind === 'workflow' ? owners.code(reference) : owners.gadget(reference)
    if (key === null || isSystem(key)) continue
    const { trace } = of(key)
    const list = kind === 'workflow' ? trace.workflows : trace.dashboards
    if (!list.includes(subject)) list.push(subject)
  }
  for (const app of apps.values()) measure(app, facts)
  return [...apps.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function fresh(key: string, facts: AppFacts): SourceApp {
  const plugin = facts.plugins.find((one) => one.key === key)
  const known = knownApps.find((one) => one.key === key)
  return {
    key,
    name: known?.name ?? (plugin?.name || key),
    version: plugin?.version ?? null,
    vendor: known?.vendor ?? null,
    contact: known?.contact ?? null,
    system: isSystem(key),
    trace: {
      tables: [],
      properties: [],
      fields: [],
      workflows: [],
      dashboards: [],
      filters: 0,
      issues: 0,
      projects: 0,
    },
    propertyKeys: [],
    filterIds: [],
  }
}

/** How many issues, projects and filters use it. A filter names a field by cf[10010] or by its name. */
function measure(app: SourceApp, facts: AppFacts): void {
  const { trace, propertyKeys } = app
  const { fields } = trace
  if (propertyKeys.length || fields.length)
    Object.assign(
      trace,
      facts.reach(
        propertyKeys,
        fields.map(({ id }) => id),
      ),
    )
  if (fields.length)
    app.filterIds = facts.filters
      .filter(({ jql }) =>
        fields.some(
          ({ id, name }) =>
            jql.includes(`cf[${id}]`) || (name && jql.toLowerCase().includes(name.toLowerCase())),
        ),
      )
      .map(({ id }) => id)
  trace.filters = app.filterIds.length
}

/** What of the snapshot's rows are this app's. */
export const marksOf = ({ trace, propertyKeys, filterIds }: SourceApp): AppMarks => ({
  propertyKeys,
  filterIds,
  fieldIds: trace.fields.map(({ id }) => id),
  dashboardIds: trace.dashboards,
  workflows: trace.workflows,
  tables: trace.tables.map(({ name }) => name),
})

interface Owners {
  table(name: string): string
  property(key: string): string
  /** null = Jira's own, or of nobody. */
  code(reference: string): string | null
  gadget(address: string): string | null
}

/** Who left a trace, by the plugins of the source and the known apps; longer keys before shorter ones. */
function createOwners(facts: AppFacts): Owners {
  const keys = [
    ...new Set([...facts.plugins.map(({ key }) => key), ...knownApps.map(({ key }) => key)]),
  ]
    .filter(Boolean)
    .sort((a, b) => b.length - a.length)
  const hashes = new Map(keys.map((key) => [tableHash(key), key]))
  const byWord = (text: string, words: (app: KnownApp) => readonly string[] | undefined) =>
    knownApps.find((app) => words(app)?.some((word) => text.startsWith(word)))?.key
  const startsWithKey = (text: string) =>
    keys.find((key) => text.startsWith(key) && (key.includes('.') || text.length === key.length))
  return {
    table(name) {
      const hash = /^AO_([^_]+)_/.exec(name)?.[1]?.toUpperCase()
      return hash === undefined ? name : (hashes.get(hash) ?? `AO_${hash}`)
    },
    property: (key) =>
      startsWithKey(key) ?? byWord(key, (app) => app.properties) ?? firstWords(key),
    code: (reference) =>
      /^com\.(opensymphony|atlassian\.jira\.(workflow|plugin\.system))\b/.test(reference)
        ? null
        : (startsWithKey(reference) ??
          byWord(reference, (app) => app.classes) ??
          firstWords(reference)),
    gadget: (address) =>
      /\/g\/([^/:]+):/.exec(address)?.[1] ?? /^([\w.-]+):[\w.-]+$/.exec(address)?.[1] ?? null,
  }
}

/** Of com.acme.app.Thing the first three words, of acme.score the first: what a vendor's own names begin with. */
function firstWords(text: string): string {
  const words = text.split(/[.:]/)
  return words.slice(0, /^(com|org|net|io|is|de|ch|fr|eu)$/.test(words[0] ?? '') ? 3 : 1).join('.')
}

/** The apps of a snapshot that lies there; openSnapshot has said that it is whole. */
export function appsOfSnapshot(path: string): SourceApp[] {
  const facts = openAppFacts(path)
  try {
    return inventory(facts)
  } finally {
    facts.close()
  }
}

/** An app as the checks ask about it; null = nothing is to be asked: it is Jira's own, or left no data. */
export function toDecide(app: SourceApp, decision: AppDecision | null): AppToDecide | null {
  if (app.system || !hasData(app)) return null
  const { tables, properties, fields } = app.trace
  const sum = (counts: number[]) => counts.reduce((all, one) => all + one, 0)
  const rows = sum(tables.map((one) => one.rows))
  const set = sum(properties.map((one) => one.count))
  const parts = [
    tables.length && `${say(rows, 'row', 'rows')} in ${say(tables.length, 'table', 'tables')}`,
    set && say(set, 'entity property', 'entity properties'),
    fields.length && say(fields.length, 'field of its type', 'fields of its types'),
  ]
  const holds = `It left ${parts.filter(Boolean).join(', ')}.`
  return { key: app.key, name: app.name, holds, decision }
}

const say = (n: number, one: string, many: string) =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`

/** Whether it left data that could be moved or kept; workflows and gadgets alone are none. */
export const hasData = ({ trace }: Pick<SourceApp, 'trace'>): boolean =>
  trace.tables.length + trace.properties.length + trace.fields.length > 0
