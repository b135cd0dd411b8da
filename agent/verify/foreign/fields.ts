import {
  type FieldOption,
  optionTypes,
  ownFieldTypes,
  type SiteField,
} from '../../../shared/custom-fields.ts'
import type { Promises } from '../../../shared/plan.ts'
import type { Difference } from '../../../shared/report.ts'
import { type ItemRow, promiseOf } from '../../ledger/items.ts'
import { compareNamed } from '../compare.ts'
import { candidates, type VerifyContext } from '../judge.ts'
import { absent, found } from './context.ts'
import { unlessHidden } from './hidden.ts'
import { byName } from './names.ts'
import { settle } from './settle.ts'

const aPage = 50

/**
 * Custom fields by the other program's ids, by name and type, by name, or by name with its suffix. Where two
 * could be the one, it is the one that issues have values in.
 */
export async function verifyForeignFields(
  ctx: VerifyContext,
  next: () => Promise<void>,
): Promise<void> {
  await unlessHidden(ctx, ['customField'], async () => {
    let all: SiteField[] | undefined
    for (let after = 0; ; ) {
      await next()
      const items = await candidates(ctx, ['customField'], after, aPage)
      const last = items.at(-1)
      if (!last) return
      after = last.seq
      all ??= await ctx.read.customFields()
      for (const item of items) {
        await next()
        const promise = promiseOf(item, 'customField')
        const one = await choose(ctx, item, promise, all)
        if (!one) {
          await settle(ctx.db, [absent(item)])
          continue
        }
        const differences = compareNamed(promise, one, ['name', 'description'])
        const type = `${ownFieldTypes}${promise.type}`
        if (one.type !== type)
          differences.push({ field: 'type', promised: promise.type, found: shortType(one.type) })
        else differences.push(...(await absentOptions(ctx, one.id, promise)))
        await settle(ctx.db, [found(item, one.id, differences)])
      }
    }
  })
}

const shortType = (type: string) => type.slice(type.indexOf(':') + 1)

async function choose(
  ctx: VerifyContext,
  item: ItemRow,
  promise: Promises['customField'],
  all: readonly SiteField[],
): Promise<SiteField | undefined> {
  const known = all.find(({ id }) => id === item.siteId)
  if (known) return known
  const ofType = all.filter((one) => one.type === `${ownFieldTypes}${promise.type}`)
  const own = byName(ofType, promise.name)
  if (!own) return byName(all, promise.name)
  const twin = byName(
    ofType.filter((one) => one !== own),
    promise.name,
  )
  if (!twin) return own
  const [ofOwn, ofTwin] = await filled(ctx, item.sourceId, [own.id, twin.id])
  return (ofTwin ?? 0) > (ofOwn ?? 0) ? twin : own
}

/** In how many of some issues that have a value of this field at the source these fields of the site hold one. */
async function filled(ctx: VerifyContext, sourceId: string, ids: string[]): Promise<number[]> {
  const rows = await ctx.db
    .selectFrom('item')
    .select('issueKey')
    .where('migrationId', '=', ctx.migrationId)
    .where('kind', '=', 'fieldValue')
    .where('promiseJson', 'like', `%"field":"${sourceId}"%`)
    .limit(100)
    .execute()
  const keys = [...new Set(rows.flatMap((row) => row.issueKey ?? []))]
  const issues = await ctx.read.issues(keys, ids)
  return ids.map((id) => issues.filter((one) => (one.custom[id] ?? []).length > 0).length)
}

async function absentOptions(
  ctx: VerifyContext,
  fieldId: string,
  promise: Promises['customField'],
): Promise<Difference[]> {
  if (!optionTypes.has(promise.type) || promise.options.length === 0) return []
  const there = new Set<string>()
  for (const context of await ctx.read.fieldContexts(fieldId))
    for (const option of await ctx.read.fieldOptions(fieldId, context.id)) there.add(slot(option))
  const gone = promise.options.filter((option) => !there.has(slot(option)))
  const promised = gone.map(wordsOf).join(', ').slice(0, 2000)
  return gone.length > 0 ? [{ field: 'options', promised, found: '' }] : []
}

const fold = (text: string) => text.trim().toLowerCase()
const slot = ({ value, parent }: FieldOption) => JSON.stringify([fold(parent ?? ''), fold(value)])
const wordsOf = ({ value, parent }: FieldOption) =>
  parent === null ? value : `${parent} › ${value}`
