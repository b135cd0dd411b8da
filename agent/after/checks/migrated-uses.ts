import { quoteJql, readJql } from '../../plan/jql.ts'
import {
  type AfterCheck,
  type AfterContext,
  type AfterPlace,
  brief,
  fine,
  fold,
  plural,
  warn,
} from '../check.ts'
import { type Migrated, migratedNames } from '../migrated.ts'
import { boardPage, filterPage } from '../pages.ts'

/** A JQL of the site, and where it stands. */
interface Text {
  subject: string
  projectKey: string | null
  path: string | null
  jql: string
}

/** Which filters, boards and quick filters use a "(migrated)" name or its twin, with the JQL after merging the two. */
export const migratedUses: AfterCheck = {
  key: 'migrated-uses',
  group: 'names',
  title: 'Filters, boards and quick filters that use (migrated) names',
  open: (context) => ({
    async *ask() {
      const migrated = await migratedNames(context)
      if (!migrated.length) return
      for await (const text of texts(context)) {
        const place = usesOf(text, migrated)
        if (place) yield place
      }
    },
    say: (places) =>
      places
        ? warn(
            `${plural(places, 'filter or board uses', 'filters or boards use')} a "(migrated)" name or its twin, and finds only a part.`,
            'Merge the (migrated) field with the existing version, then save the filter with the JQL of the list.',
          )
        : fine('No filter, board or quick filter uses a "(migrated)" name or a twin of one.'),
  }),
}

/** Every JQL that somebody may use: filters, and the quick filters of boards. What a board shows is a filter. */
async function* texts({ read, projects }: AfterContext): AsyncGenerator<Text> {
  for (const { id, name, jql } of await read.filters(null, 'any'))
    yield { subject: `Filter ${name}`, projectKey: null, path: filterPage(id), jql }
  for (const { key } of projects)
    for (const board of await read.boardsOf(key)) {
      const at = { projectKey: key, path: boardPage(board) }
      const shown = await read.boardFilter(board.id)
      const filter = shown === null ? null : await read.filter(shown)
      if (filter) yield { subject: `Board ${board.name}`, ...at, jql: filter.jql }
      for (const { name, jql } of await read.quickFilters(board.id))
        yield { subject: `Quick filter ${name} of ${board.name}`, ...at, jql }
    }
}

function usesOf(
  { subject, projectKey, path, jql }: Text,
  all: readonly Migrated[],
): AfterPlace | null {
  const read = readJql(jql)
  if (!read) return null
  const marked = new Map(all.map((one) => [fold(one.name), one]))
  const twins = new Map(all.flatMap((one) => (one.twin ? [[fold(one.plain), one] as const] : [])))
  const used = new Set<string>()
  const changes: { start: number; end: number; to: string }[] = []
  const tokens = [
    ...read.clauses.flatMap(({ field, values, by }) => [
      field,
      ...[...values, ...by].flatMap((value) => (value.args === null ? [value.token] : value.args)),
    ]),
    ...read.order,
  ]
  for (const { text, start, end } of tokens) {
    const one = marked.get(fold(text))
    const twin = twins.get(fold(text))
    if (one) changes.push({ start, end, to: quoteJql(one.plain) })
    if (one) used.add(`uses "${one.name}"`)
    else if (twin) used.add(`uses "${text}", whose twin is "${twin.name}"`)
  }
  if (!used.size) return null
  let merged = jql
  for (const { start, end, to } of changes.toSorted((a, b) => b.start - a.start))
    merged = merged.slice(0, start) + to + merged.slice(end)
  const then = changes.length
    ? `; merged, its JQL is: ${brief(merged, 2000)}`
    : '; its JQL stays as it is once the two are merged'
  return { subject, projectKey, detail: `${[...used].join(', ')}${then}`, path }
}
