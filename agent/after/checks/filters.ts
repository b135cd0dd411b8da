import { isOut } from '../../ledger/after-items.ts'
import { eachItem, promiseOf } from '../../ledger/items.ts'
import {
  type AfterCheck,
  type AfterContext,
  type AfterPlace,
  brief,
  fault,
  plural,
} from '../check.ts'
import { leftOutOf, leftOutWords, sayBeside } from '../left-out.ts'
import { boardPage, filterPage } from '../pages.ts'

/** A JQL of the migration on the site, and where it stands. */
interface Text {
  subject: string
  projectKey: string | null
  path: string | null
  jql: string
}
const what = ['filter', 'filters'] as const
/** Looked at in one request; see the reader. */
const aPage = 50

/** Filters, boards and quick filters whose JQL the site refuses, or that name something it does not have. */
export const filters: AfterCheck = {
  key: 'filters',
  group: 'boards and filters',
  title: 'Filters and boards whose JQL fails or names nothing',
  lists: {
    looked: ['filter or board was looked at', 'filters and boards were looked at'],
    skipped: ['was not looked at: it has no JQL', 'were not looked at: they have no JQL'],
    leftOut: leftOutWords(...what),
  },
  open(context) {
    async function* judge(page: readonly Text[]): AsyncGenerator<AfterPlace> {
      const errors = await context.read.jqlErrors(page.map(({ jql }) => jql))
      for (const [at, text] of page.entries()) {
        const detail = errors[at]?.length
          ? `Its JQL fails: ${brief(errors[at].join(' '), 500)}`
          : await namesNothing(context, text.jql)
        const { jql, ...place } = text
        const asks = `JQL: ${brief(jql, 500)}`
        if (detail) yield { ...place, detail: `${detail} ${asks}` }
        yield { ...place, detail: asks, list: 'looked' }
      }
    }
    return {
      async *ask() {
        let page: Text[] = []
        for await (const one of texts(context)) {
          if ('detail' in one) {
            yield one
            yield { ...one, list: 'looked' }
            continue
          }
          // Without any JQL it finds everything, which is no mistake of it.
          if (one.jql.trim() === '') {
            const { jql: _, ...place } = one
            yield { ...place, detail: 'Without any JQL it finds everything.', list: 'skipped' }
            continue
          }
          if (page.push(one) < aPage) continue
          yield* judge(page)
          page = []
        }
        if (page.length) yield* judge(page)
        yield* leftOutOf(context, 'filter', 'Filter')
      },
      say(places, rowsOf) {
        const [looked, out] = [rowsOf('looked'), rowsOf('leftOut')]
        return sayBeside(
          { places, out },
          {
            what,
            wrong: () =>
              fault(
                `${plural(places, 'filter or board fails', 'filters or boards fail')}, or ${places === 1 ? 'names' : 'name'} what the site does not have, of ${plural(looked, 'one that was', 'ones that were')} looked at.`,
                'Open the filter, correct its JQL, and save it; a board shows what its filter finds.',
              ),
            rest: looked
              ? `The JQL of all ${plural(looked, 'filter and board', 'filters and boards')} is right.`
              : 'There are no filters or boards with a JQL to look at.',
            hint: 'The list says why. Make those that people use by hand on the site (Filters, View all filters), or accept it with a note.',
          },
        )
      },
    }
  },
}

/** The site answers a search for a value that it does not have with a refusal that says so. */
async function namesNothing({ read }: AfterContext, jql: string): Promise<string> {
  const found = await read.countOf(jql)
  return 'refused' in found &&
    /does not exist|could not be found|cannot be found/i.test(found.refused)
    ? `It names what is not there: ${brief(found.refused, 500)}`
    : ''
}

/** The JQL of the filters that were moved, and of the boards of the moved projects; or that one is not there. */
async function* texts({
  db,
  migrationId,
  read,
  projects,
}: AfterContext): AsyncGenerator<Text | AfterPlace> {
  const seen = new Set<string>()
  for await (const item of eachItem(db, migrationId, { kind: 'filter' })) {
    if (isOut(item) || item.promiseJson === null) continue
    const { name } = promiseOf(item, 'filter')
    const subject = `Filter ${name}`
    const filter = item.siteId === null ? null : await read.filter(item.siteId)
    if (!filter) {
      yield { subject, detail: 'The filter is not on the site, or not shared with this account.' }
      continue
    }
    seen.add(filter.id)
    yield { subject, projectKey: null, path: filterPage(filter.id), jql: filter.jql }
  }
  for (const { key } of projects) {
    if ((await read.project(key)) === null) continue
    for (const board of await read.boardsOf(key)) {
      const at = { projectKey: key, path: boardPage(board) }
      const id = await read.boardFilter(board.id)
      const filter = id === null || seen.has(id) ? null : await read.filter(id)
      if (filter) yield { subject: `Board ${board.name}`, ...at, jql: filter.jql }
      for (const { name, jql } of await read.quickFilters(board.id))
        yield { subject: `Quick filter ${name} of ${board.name}`, ...at, jql }
    }
  }
}
