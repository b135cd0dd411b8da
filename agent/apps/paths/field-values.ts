import { isDeepStrictEqual } from 'node:util'
import type { AppContext, AppPath, PathFieldValue } from '../path.ts'

/** The site's limit for the value of an entity property, in characters. */
const longestValue = 32_768

/**
 * Values in fields of an app's own types, which the site does not have: as JSON in an entity property of the
 * issue, `landfall.app.field.<id>` = { field, type, values }. Only those that the migration itself left out.
 */
export const path: AppPath = {
  key: 'field-values',
  title: 'Field values as JSON on the issue',
  fits: (app, decision) =>
    decision === 'needed' && app.trace.fields.some((field) => field.issues > 0),

  async plan(context) {
    for await (const page of context.fieldValues()) {
      const records = page.map(async (value) => ({
        sourceId: idOf(value),
        label: `${fieldOf(context, value).name} of ${value.issueKey}`,
        rows: value.values.length,
        leftOut: await whyNot(context, value),
      }))
      await context.records.add(await Promise.all(records))
    }
  },

  async run(context) {
    let done = 0
    const all = context.app.trace.fields.reduce((sum, { issues }) => sum + issues, 0)
    for await (const page of context.fieldValues()) {
      const records = await context.records.of(page.map(idOf))
      for (const value of page) {
        const record = records.get(idOf(value))
        if (!record || record.sent || record.verdict !== null) continue
        const target = await targetOf(context, value)
        const outcome = await context.site.set(target, keyOf(value), contentOf(context, value))
        await context.records.settle([
          outcome.ok
            ? { n: record.n, sent: true }
            : { n: record.n, verdict: 'failed', reason: outcome.reason },
        ])
      }
      done += page.length
      context.progress((100 * done) / Math.max(all, 1), `${done} values written.`)
    }
  },

  async check(context) {
    for await (const page of context.fieldValues()) {
      const records = await context.records.of(page.map(idOf))
      for (const value of page) {
        const record = records.get(idOf(value))
        if (!record?.sent) continue
        const found = await context.site.get(await targetOf(context, value), keyOf(value))
        const same = isDeepStrictEqual(found, contentOf(context, value))
        const reason = same ? null : 'The site does not have this value.'
        await context.records.settle([
          { n: record.n, verdict: same ? 'verified' : 'different', reason },
        ])
      }
    }
  },
}

const idOf = (value: PathFieldValue) => `${value.issueId}/${value.fieldId}`
const keyOf = (value: PathFieldValue) => `landfall.app.field.${value.fieldId}`

function fieldOf({ app }: AppContext, { fieldId }: PathFieldValue) {
  const field = app.trace.fields.find(({ id }) => id === fieldId)
  return { name: field?.name ?? fieldId, type: field?.type ?? '' }
}

function contentOf(context: AppContext, value: PathFieldValue) {
  const { name, type } = fieldOf(context, value)
  return { field: name, type, values: value.values }
}

async function whyNot(context: AppContext, value: PathFieldValue): Promise<string | null> {
  if (JSON.stringify(contentOf(context, value)).length > longestValue)
    return `Its value is longer than ${longestValue.toLocaleString('en')} characters.`
  const there = await context.mapping('jira:issue', value.issueId)
  return there === null ? 'Its issue is not on the site.' : null
}

async function targetOf(context: AppContext, value: PathFieldValue) {
  const siteId = await context.mapping('jira:issue', value.issueId)
  if (siteId === null) throw new Error(`The issue ${value.issueKey} is not on the site any more.`)
  return { kind: 'issue' as const, siteId }
}
