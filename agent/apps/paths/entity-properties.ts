import { isDeepStrictEqual } from 'node:util'
import type { AppContext, AppPath, PathProperty, SiteTarget } from '../path.ts'

/** What of the source's properties has a place on the site: the namespace of its bearer. */
const bearers: Record<string, { kind: SiteTarget['kind']; namespace: string }> = {
  IssueProperty: { kind: 'issue', namespace: 'jira:issue' },
  ProjectProperty: { kind: 'project', namespace: 'jira/classic:project' },
  CommentProperty: { kind: 'comment', namespace: 'jira:comment' },
  UserProperty: { kind: 'user', namespace: 'identity:user' },
}
/** The site's limits for an entity property, in characters. */
const longest = { key: 255, value: 32_768 }

/**
 * Entity properties of issues, projects, comments and users, under the same key and on the same item. An app
 * for Jira Cloud reads them by that key. Writing one twice changes nothing, so a crash costs nothing here.
 */
export const path: AppPath = {
  key: 'entity-properties',
  title: 'Entity properties',
  fits: (app, decision) => decision === 'needed' && app.trace.properties.length > 0,

  async plan(context) {
    for await (const page of context.properties()) {
      // At the same time, so that a page's questions go to the agent together.
      const records = page.map(async (property) => ({
        sourceId: property.id,
        label: `${property.key} of ${property.entity} ${property.entityId}`,
        rows: 1,
        leftOut: await whyNot(context, property),
      }))
      await context.records.add(await Promise.all(records))
    }
  },

  async run(context) {
    let done = 0
    const all = context.app.trace.properties.reduce((sum, { count }) => sum + count, 0)
    for await (const records of context.records.open()) {
      for (const record of records.filter(({ sent }) => !sent)) {
        const { target, property } = await place(context, record.sourceId)
        const outcome = await context.site.set(target, property.key, parsedValue(property))
        await context.records.settle([
          outcome.ok
            ? { n: record.n, sent: true }
            : { n: record.n, verdict: 'failed', reason: outcome.reason },
        ])
        if (!outcome.ok) context.log('error', 'property', `${record.label}: ${outcome.reason}`)
        done++
      }
      context.progress((100 * done) / Math.max(all, 1), `${done} entity properties written.`)
    }
  },

  async check(context) {
    for await (const records of context.records.sent())
      for (const record of records) {
        const { target, property } = await place(context, record.sourceId)
        const found = await context.site.get(target, property.key)
        const same = isDeepStrictEqual(found, parsedValue(property))
        const reason =
          found === undefined ? 'It is not on the site.' : 'The site has another value.'
        await context.records.settle([
          { n: record.n, verdict: same ? 'verified' : 'different', reason: same ? null : reason },
        ])
        if (!same) context.log('warn', 'property', `${record.label}: ${reason}`)
      }
  },
}

const parsedValue = (property: PathProperty): unknown => JSON.parse(property.value ?? 'null')

/** Where it belongs on the site; only asked for what the plan did not leave out. */
async function place(context: AppContext, id: string) {
  const property = await context.property(id)
  const target = property && (await targetOf(context, property))
  if (!target) throw new Error(`The entity property ${id} has no place on the site any more.`)
  return { property, target }
}

async function targetOf(context: AppContext, property: PathProperty): Promise<SiteTarget | null> {
  const bearer = bearers[property.entity]
  if (!bearer) return null
  const user = bearer.kind === 'user' ? await context.userKey(property.entityId) : null
  const sourceId = user === null ? property.entityId : `jira.userkey/${user}`
  const siteId = await context.mapping(bearer.namespace, sourceId)
  return siteId === null ? null : { kind: bearer.kind, siteId }
}

async function whyNot(context: AppContext, property: PathProperty): Promise<string | null> {
  const { entity, key, value } = property
  if (!Object.hasOwn(bearers, entity))
    return `Jira Cloud lets nobody write properties of this kind (${entity}) from outside.`
  if (key.length > longest.key) return `Its key is longer than ${longest.key} characters.`
  if (key === 'landfall.origin') return 'Landfall uses this key itself.'
  if (value === null) return 'It has no value in the source.'
  let parsed: unknown
  try {
    parsed = JSON.parse(value)
  } catch {
    return 'Its value is not JSON, and Jira Cloud takes nothing else.'
  }
  if (JSON.stringify(parsed).length > longest.value)
    return `Its value is longer than ${longest.value.toLocaleString('en')} characters.`
  return (await targetOf(context, property)) ? null : 'What it belongs to is not on the site.'
}
