import type { FieldPart, FieldType } from '../../shared/custom-fields.ts'
import type { SiteIssue } from '../cloud/reading.ts'
import { type ItemRow, promiseOf, type VerdictChange } from '../ledger/items.ts'
import { judged, missing, ofIssues, type VerifyContext } from './judge.ts'
import { adfText, plainText } from './text.ts'

/** The site's ids of custom fields by the source's. */
export type FieldIds = Map<string, string>

/** All custom fields that arrived; a site has some thousand of them at most. */
export async function fieldIds(ctx: VerifyContext): Promise<FieldIds> {
  const rows = await ctx.db
    .selectFrom('item')
    .select(['sourceId', 'siteId'])
    .where('migrationId', '=', ctx.migrationId)
    .where('kind', '=', 'customField')
    .where('siteId', 'is not', null)
    .execute()
  return new Map(rows.map((row) => [row.sourceId, row.siteId ?? '']))
}

/** The fields of the site that have to be read with these issues. */
export async function fieldsOf(
  ctx: VerifyContext,
  ids: FieldIds,
  keys: string[],
): Promise<string[]> {
  const found = new Set<string>()
  for (const item of await ofIssues(ctx, keys, ['fieldValue'])) {
    const id = ids.get(promiseOf(item, 'fieldValue').field)
    if (id !== undefined) found.add(id)
  }
  return [...found]
}

/** The values of one issue's custom fields, each row of the source for itself. */
export function judgeValues(ids: FieldIds, items: ItemRow[], issue: SiteIssue): VerdictChange[] {
  const byField = Map.groupBy(items, (item) => promiseOf(item, 'fieldValue').field)
  return [...byField].flatMap(([field, own]) => {
    const id = ids.get(field) ?? ''
    return judgeField(own, id, issue.custom[id] ?? [])
  })
}

function judgeField(items: ItemRow[], id: string, found: FieldPart[]): VerdictChange[] {
  const promises = items.map((item) => promiseOf(item, 'fieldValue'))
  const isPromised = (part: FieldPart) => promises.some((one) => same(one.type, one, part))
  const others = found.filter((part) => !isPromised(part))
  const all = promises.every((one) => found.some((part) => same(one.type, one, part)))
  return items.map((item, i) => {
    const promise = promiseOf(item, 'fieldValue')
    if (found.some((part) => same(promise.type, promise, part))) {
      // A value that nobody promised stands with the first of those that were.
      const extra = all && i === 0 && others.length > 0
      return judged(
        item,
        id,
        extra ? [{ field: 'other values', promised: '', found: quote(others) }] : [],
      )
    }
    if (found.length === 0) return missing(item)
    return judged(item, id, [{ field: 'value', promised: quote([promise]), found: quote(found) }])
  })
}

function same(type: FieldType, promised: FieldPart, found: FieldPart): boolean {
  if (fold(promised.parent ?? '') !== fold(found.parent ?? '')) return false
  const [a, b] = [promised.value, found.value]
  if (typeof a === 'object' || typeof b === 'object') return words(promised) === words(found)
  switch (type) {
    case 'float':
    case 'importid':
      return Number(a) === Number(b)
    case 'datetime':
      return Date.parse(String(a)) === Date.parse(String(b))
    // Names and options are the same to Jira whatever their letter case.
    case 'cascadingselect':
    case 'grouppicker':
    case 'multicheckboxes':
    case 'multigrouppicker':
    case 'multiselect':
    case 'multiversion':
    case 'radiobuttons':
    case 'select':
    case 'version':
      return fold(String(a)) === fold(String(b))
    default:
      return plainText(String(a)) === plainText(String(b))
  }
}

const fold = (text: string) => text.trim().toLowerCase()
const words = ({ value }: FieldPart) =>
  typeof value === 'object' ? adfText(value) : plainText(String(value))
/** How much of a value a difference quotes. */
const quoted = 2000
const quote = (parts: readonly FieldPart[]) =>
  parts
    .map((part) => (part.parent === null ? words(part) : `${part.parent} › ${words(part)}`))
    .join(', ')
    .slice(0, quoted)
