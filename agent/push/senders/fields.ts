import { must } from '../../../shared/assert.ts'
import type {
  FieldPart,
  FieldPromise,
  FieldType,
  ValuePromise,
} from '../../../shared/custom-fields.ts'
import { ownFieldTypes } from '../../../shared/custom-fields.ts'
import type { FieldSetting, Outcome } from '../../cloud/writing.ts'
import { type ItemRow, promiseOf, siteIdOf } from '../../ledger/items.ts'
import { oneByOne, type PushContext, type Sender, there } from '../sender.ts'
import { notThere } from './frame.ts'
import { projectId } from './projects.ts'

/**
 * A field of this name and type is used, or made; then it gets what it lacks. `find` tells of none: a
 * field that is there may lack its options yet, and sending again looks first and completes it.
 */
export const customField: Sender = {
  find: async (_ctx, items) => items.map(() => null),
  send: (ctx, items) =>
    oneByOne(items, async (item) => {
      try {
        return await makeField(ctx, promiseOf(item, 'customField'))
      } catch (error) {
        // It may have landed: the next try has to look at what the site has by then.
        ctx.names.forget()
        throw error
      }
    }),
}

async function makeField(ctx: PushContext, promise: FieldPromise): Promise<Outcome> {
  const projects = await projectsOf(ctx, promise.projectKeys)
  if (projects.length === 0) return notThere('any project')
  const known = await ctx.names.customField(promise.name, `${ownFieldTypes}${promise.type}`)
  const made = known ? there(known.id) : await ctx.write.createField(promise)
  if (!made.ok) return made
  const equipped = await ctx.write.equipField(made.siteId, promise, projects)
  if (!equipped.ok) ctx.names.forget()
  return equipped
}

async function projectsOf(ctx: PushContext, keys: string[]) {
  const found: { id: string; key: string }[] = []
  for (const key of keys) {
    const id = await projectId(ctx, key)
    if (id !== null) found.push({ id, key })
  }
  return found
}

/**
 * The values of one issue in one request, after the issue is there: a value that the site refuses then
 * costs no number. An edit sets the same however often it comes, so nothing has to be found before it is
 * sent again. A field with several values is always sent whole, with those that went before.
 */
export const fieldValue: Sender = {
  find: async (_ctx, items) => items.map(() => null),
  async send(ctx, items) {
    const issueKey = must(items[0]?.issueKey, 'A batch of values belongs to one issue.')
    const outcomes = new Map<string, Outcome>()
    const settings: FieldSetting[] = []
    const fieldOf = new Map<string, string>()
    const sending = new Set(items.map((item) => item.seq))
    const own = (await valuesOf(ctx, issueKey)).filter(
      (item) => item.state === 'sent' || sending.has(item.seq),
    )
    const promises = items.map((item) => promiseOf(item, 'fieldValue'))
    for (const { field, type } of uniqueFields(promises)) {
      const fieldId = await siteIdOf(ctx.db, ctx.migrationId, 'customField', field)
      if (!fieldId) {
        outcomes.set(field, notThere('the custom field'))
        continue
      }
      fieldOf.set(fieldId, field)
      settings.push({ fieldId, type, parts: partsOf(own, field) })
    }
    const answers = await ctx.write.setFields(issueKey, settings)
    for (const [i, { fieldId }] of settings.entries())
      outcomes.set(
        must(fieldOf.get(fieldId), 'Every setting has its field.'),
        must(answers[i], 'Every setting has an outcome.'),
      )
    return promises.map(({ field }) => must(outcomes.get(field), 'Every field has an outcome.'))
  },
}

const uniqueFields = (promises: ValuePromise[]): { field: string; type: FieldType }[] => [
  ...new Map(promises.map(({ field, type }) => [field, { field, type }])).values(),
]

function partsOf(items: ItemRow[], field: string): FieldPart[] {
  return items
    .map((item) => promiseOf(item, 'fieldValue'))
    .filter((promise) => promise.field === field)
    .map(({ value, parent }) => ({ value, parent }))
}

/** All values that the plan has for an issue, in its order. */
function valuesOf(ctx: PushContext, issueKey: string): Promise<ItemRow[]> {
  return ctx.db
    .selectFrom('item')
    .selectAll()
    .where('migrationId', '=', ctx.migrationId)
    .where('issueKey', '=', issueKey)
    .where('kind', '=', 'fieldValue')
    .where('promiseJson', 'is not', null)
    .orderBy('seq')
    .execute()
}
