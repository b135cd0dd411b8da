import { must } from '../../../shared/assert.ts'
import { type FieldPromise, ownFieldTypes } from '../../../shared/custom-fields.ts'
import type { FieldSetting, Outcome } from '../../cloud/writing.ts'
import { type ItemRow, promiseOf, siteIdOf } from '../../ledger/items.ts'
import { oneByOne, type PushContext, type Sender, there } from '../sender.ts'
import { notThere } from './frame.ts'

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
  if (projects.length === 0)
    return notThere('any project', { kind: 'project', projectKey: promise.projectKeys[0] ?? '' })
  const known = await ctx.names.customField(promise.name, `${ownFieldTypes}${promise.type}`)
  const made = known ? there(known.id) : await ctx.write.createField(promise)
  if (!made.ok) return made
  const equipped = await ctx.write.equipField(made.siteId, promise, projects)
  if (!equipped.ok) ctx.names.forget()
  return equipped
}

/** Those of the projects that are on the site by now. */
async function projectsOf(ctx: PushContext, keys: string[]) {
  const wanted = new Set(keys)
  const rows = await ctx.db
    .selectFrom('item')
    .select(['projectKey', 'siteId'])
    .where('migrationId', '=', ctx.migrationId)
    .where('kind', '=', 'project')
    .where('siteId', 'is not', null)
    .execute()
  return rows.flatMap(({ projectKey: key, siteId: id }) =>
    key !== null && id !== null && wanted.has(key) ? [{ id, key }] : [],
  )
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
    const sending = new Set(items.map((item) => item.seq))
    const known = (await valuesOf(ctx, issueKey)).filter(
      (item) => item.state === 'sent' || sending.has(item.seq),
    )
    const outcomes = new Map<number, Outcome>()
    const wholes: Whole[] = []
    const touched = new Set(items.map((item) => promiseOf(item, 'fieldValue').field))
    for (const field of touched) {
      const own = known.filter((item) => promiseOf(item, 'fieldValue').field === field)
      const fieldId = await siteIdOf(ctx.db, ctx.migrationId, 'customField', field)
      if (fieldId) wholes.push({ fieldId, items: own })
      else
        for (const { seq } of own)
          outcomes.set(seq, notThere('the custom field', { kind: 'customField', sourceId: field }))
    }
    const answers = await ctx.write.setFields(issueKey, wholes.map(settingOf))
    for (const [i, whole] of wholes.entries()) {
      const answer = must(answers[i], 'Every setting has an outcome.')
      const refused = !answer.ok && whole.items.length > 1
      const each = refused ? await oneMoreEach(ctx, issueKey, whole) : null
      for (const { seq } of whole.items) outcomes.set(seq, each?.get(seq) ?? answer)
    }
    return items.map((item) => must(outcomes.get(item.seq), 'Every value has an outcome.'))
  },
}

/** All that one field of an issue is to hold, in the order of the plan. */
interface Whole {
  fieldId: string
  items: ItemRow[]
}

function settingOf({ fieldId, items }: Whole): FieldSetting {
  const promises = items.map((item) => promiseOf(item, 'fieldValue'))
  const { type } = must(promises[0], 'A field is set to something.')
  return { fieldId, type, parts: promises.map(({ value, parent }) => ({ value, parent })) }
}

/** The site refused the values together: each is tried beside those that it took, so only the culprits fail. */
async function oneMoreEach(
  ctx: PushContext,
  issueKey: string,
  whole: Whole,
): Promise<Map<number, Outcome>> {
  const outcomes = new Map<number, Outcome>()
  let taken: ItemRow[] = []
  for (const item of whole.items) {
    const more = { ...whole, items: [...taken, item] }
    const [answer] = await ctx.write.setFields(issueKey, [settingOf(more)])
    const outcome = must(answer, 'Every setting has an outcome.')
    outcomes.set(item.seq, outcome)
    if (outcome.ok) taken = more.items
  }
  return outcomes
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
