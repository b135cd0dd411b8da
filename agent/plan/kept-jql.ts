import type { Reason } from '../../shared/plan.ts'
import type { Context } from './context.ts'
import type { FilterPlan } from './filters.ts'
import { reason } from './item.ts'
import { quoteJql, tokens } from './jql.ts'
import { quote } from './kept.ts'
import { siteFieldOf } from './site-field.ts'

const placeholder = /\{\{(filter|customField):([^}]+)\}\}/g

/**
 * In what the JQL of a filter of the site, which is used, differs from the source's as it would have been
 * translated. What both name by id is known before the run where the site has it already; whatever is made
 * by the run cannot be named by a filter that is there.
 * @param untold why the source's JQL could not be translated, null where it was
 */
export function* jqlLosses(
  context: Context,
  filters: ReadonlyMap<string, FilterPlan>,
  { row, jql }: { row: { jql: string | null }; jql: { jql: string; losses: Reason[] } },
  site: { jql: string },
  untold: Reason | null,
): Generator<Reason> {
  if (untold) {
    yield reason(
      'kept-jql',
      `The site's filter is used and asks ${quote(site.jql)}; the source's asks ${quote(row.jql?.trim() ?? '')}, which the site could not take: ${untold.text}`,
    )
    return
  }
  if (sameJql(withKnownIds(context, filters, jql.jql), site.jql)) {
    yield* jql.losses
    return
  }
  const readable = jql.jql.replace(/cf\[(\{\{customField:[^}]+\}\})\]/g, '$1')
  const named = readable.replace(placeholder, (whole, kind, id) => {
    const name = kind === 'filter' ? filters.get(id)?.row.name : context.fields.get(id)?.row.name
    return name === undefined ? whole : quoteJql(name)
  })
  yield reason(
    'kept-jql',
    `The site's filter is used and asks ${quote(site.jql)}; the source's would ask ${quote(named)}.`,
  )
}

/** A text with the ids of the filters and fields that the site has already, in place of what stands for them. */
export const withKnownIds = (
  context: Context,
  filters: ReadonlyMap<string, FilterPlan>,
  text: string,
): string =>
  text.replace(placeholder, (whole, kind, id) =>
    kind === 'filter' ? (keptId(filters.get(id)) ?? whole) : (fieldNumber(context, id) ?? whole),
  )

const keptId = (plan: FilterPlan | undefined): string | null =>
  plan?.leftOut === null ? (plan.kept?.standing.one.id ?? null) : null

function fieldNumber(context: Context, id: string): string | null {
  const plan = context.fields.get(id)
  if (!plan || plan.leftOut !== null) return null
  const field = siteFieldOf(context.site, plan.promise)
  return field?.id.replace(/^customfield_/, '') ?? null
}

/** Word by word; spaces, and the case of what stands in no quotes, mean nothing in JQL. */
export function sameJql(a: string, b: string): boolean {
  const words = (jql: string) =>
    tokens(jql)?.map(({ text, quoted }) => (quoted ? `"${text}` : text.toLowerCase()))
  const [one, other] = [words(a), words(b)]
  if (!one || !other) return a.trim() === b.trim()
  return one.length === other.length && one.every((word, i) => word === other[i])
}
