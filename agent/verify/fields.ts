import {
  type FieldOption,
  optionTypes,
  ownFieldTypes,
  type SiteField,
} from '../../shared/custom-fields.ts'
import type { Promises } from '../../shared/plan.ts'
import { promiseOf, settleVerdicts, type VerdictChange } from '../ledger/items.ts'
import { compareNamed } from './compare.ts'
import { candidates, judged, missing, type VerifyContext } from './judge.ts'

/** So many fields are judged at a time; each that has a list costs two requests or more. */
const fieldsAPage = 50

/** Custom fields by the ledger's id, else by name and type: their words, and every option that was promised. */
export async function verifyFields(ctx: VerifyContext, next: () => Promise<void>): Promise<void> {
  let onSite: SiteField[] | undefined
  for (let after = 0; ; ) {
    const items = await candidates(ctx, ['customField'], after, fieldsAPage)
    const last = items.at(-1)
    if (!last) return
    after = last.seq
    onSite ??= await ctx.read.customFields()
    const changes: VerdictChange[] = []
    for (const item of items) {
      await next()
      const promise = promiseOf(item, 'customField')
      const found = findField(onSite, promise, item.siteId, ctx.foreign)
      if (!found) {
        changes.push(missing(item))
        continue
      }
      const name = ctx.foreign ? promise.name : found.name
      const differences = compareNamed(promise, { ...found, name }, ['name', 'description'])
      const absent = await absentOptions(ctx, found.id, promise)
      if (absent.length > 0)
        differences.push({
          field: 'options',
          promised: absent.map(wordsOf).join(', ').slice(0, 2000),
          found: '',
        })
      changes.push(judged(item, found.id, differences))
    }
    await settleVerdicts(ctx.db, changes)
  }
}

/** Another program calls a field "Severity (migrated)" where the site had a "Severity" (facts on JCMA). */
function findField(
  onSite: readonly SiteField[],
  promise: Promises['customField'],
  siteId: string | null,
  foreign: boolean,
): SiteField | undefined {
  const known = onSite.find((one) => one.id === siteId)
  if (known) return known
  const ofType = onSite.filter((one) => one.type === `${ownFieldTypes}${promise.type}`)
  const named = (name: string) => ofType.find((one) => fold(one.name) === fold(name))
  return named(promise.name) ?? (foreign ? named(`${promise.name} (migrated)`) : undefined)
}

async function absentOptions(
  ctx: VerifyContext,
  fieldId: string,
  promise: Promises['customField'],
): Promise<FieldOption[]> {
  if (!optionTypes.has(promise.type) || promise.options.length === 0) return []
  const there = new Set<string>()
  for (const context of await ctx.read.fieldContexts(fieldId))
    for (const option of await ctx.read.fieldOptions(fieldId, context.id)) there.add(slot(option))
  return promise.options.filter((option) => !there.has(slot(option)))
}

const fold = (text: string) => text.trim().toLowerCase()
const slot = ({ value, parent }: FieldOption) => JSON.stringify([fold(parent ?? ''), fold(value)])
const wordsOf = ({ value, parent }: FieldOption) =>
  parent === null ? value : `${parent} › ${value}`
