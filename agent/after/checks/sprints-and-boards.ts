import type { SiteBoard, SiteSprint } from '../../cloud/reading.ts'
import { isOut } from '../../ledger/after-items.ts'
import { eachItem, type ItemRow, promiseOf } from '../../ledger/items.ts'
import {
  type AfterCheck,
  type AfterContext,
  type AfterPlace,
  atIssue,
  fault,
  plural,
} from '../check.ts'
import { leftOutOf, leftOutWords, sayBeside } from '../left-out.ts'
import { boardPage } from '../pages.ts'

const what = ['board or sprint', 'boards and sprints'] as const

/** Boards that are not there or are of another kind, sprints that are lost, renamed or in another state, and their issues. */
export const sprintsAndBoards: AfterCheck = {
  key: 'sprints-and-boards',
  group: 'boards and filters',
  title: 'Boards and sprints',
  lists: {
    boards: ['board was looked at', 'boards were looked at'],
    sprints: ['sprint was looked at', 'sprints were looked at'],
    skipped: ['sprint was not looked at', 'sprints were not looked at'],
    leftOut: leftOutWords(...what),
  },
  open(context) {
    return {
      async *ask() {
        const found = new Map<string, SiteBoard>()
        for await (const item of moved(context, 'board')) {
          const { place, board } = await judgeBoard(context, item)
          if (place) yield place
          const { name, projectKey } = promiseOf(item, 'board')
          const path = board && boardPage(board)
          const detail = projectKey ?? 'Of no one project'
          yield { subject: `Board ${name}`, projectKey, detail, path, list: 'boards' }
          if (board) found.set(item.sourceId, board)
        }
        const inSprint = await promisedIssues(context)
        const known = new Map<string, SiteSprint[]>()
        for await (const item of moved(context, 'sprint')) {
          const { name, board: of } = promiseOf(item, 'sprint')
          const board = found.get(of)
          const sprint = { subject: `Sprint ${name}`, path: board ? boardPage(board) : null }
          // A board that is not there was told already.
          if (!board) {
            yield { ...sprint, detail: 'Its board is not on the site.', list: 'skipped' }
            continue
          }
          yield { ...sprint, detail: `Of the board ${board.name}`, list: 'sprints' }
          const all = known.get(board.id) ?? (await context.read.sprints(board.id))
          known.set(board.id, all)
          yield* judgeSprint(context, item, board, all, inSprint.get(item.sourceId) ?? [])
        }
        yield* leftOutOf(context, 'board', 'Board')
        yield* leftOutOf(context, 'sprint', 'Sprint')
      },
      say(places, rowsOf) {
        const [boards, sprints] = [rowsOf('boards'), rowsOf('sprints')]
        return sayBeside(
          { places, out: rowsOf('leftOut') },
          {
            what,
            wrong: () =>
              fault(
                `${plural(places, 'thing', 'things')} about boards and sprints ${places === 1 ? 'is' : 'are'} not as at the source.`,
                'Open the board and fix it there; an issue is put back into its sprint in the backlog.',
              ),
            rest:
              boards || sprints
                ? `${plural(boards, 'board', 'boards')} and ${plural(sprints, 'sprint', 'sprints')} are there, with their issues.`
                : 'No board and no sprint was moved.',
            hint: 'The list says why. Make the boards that people use by hand on the site (Boards, Create board), or accept it with a note.',
          },
        )
      },
    }
  },
}

async function* moved({ db, migrationId }: AfterContext, kind: 'board' | 'sprint') {
  for await (const item of eachItem(db, migrationId, { kind }))
    if (!isOut(item) && item.promiseJson !== null) yield item
}

/** Which issues were to be in which sprint, by the sprint's id at the source. */
async function promisedIssues({ db, migrationId }: AfterContext): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for await (const item of eachItem(db, migrationId, { kind: 'fieldValue' })) {
    if (item.lane !== 'boards' || isOut(item) || item.promiseJson === null) continue
    const { sprint, issueKey } = promiseOf(item, 'fieldValue')
    if (sprint === undefined) continue
    const own = found.get(sprint) ?? []
    own.push(issueKey)
    found.set(sprint, own)
  }
  return found
}

async function judgeBoard(
  { read }: AfterContext,
  item: ItemRow,
): Promise<{ place: AfterPlace | null; board: SiteBoard | null }> {
  const { name, type, projectKey } = promiseOf(item, 'board')
  const all = await read.boards({ name })
  const board =
    all.find(({ id }) => id === item.siteId) ??
    all.find((one) => one.name === name && one.projectKey === projectKey) ??
    all.find((one) => one.name === name) ??
    null
  const place = (detail: string, path: string | null): AfterPlace => ({
    subject: `Board ${name}`,
    projectKey,
    detail,
    path,
  })
  if (!board) return { board, place: place('The board is not on the site.', null) }
  const wrong = [
    board.type === type ? '' : `is a ${board.type} board and was a ${type} one`,
    board.projectKey === projectKey
      ? ''
      : `belongs to ${board.projectKey ?? 'no project'} and not to ${projectKey ?? 'a person'}`,
  ].filter(Boolean)
  return {
    board,
    place: wrong.length ? place(`It ${wrong.join(', and ')}.`, boardPage(board)) : null,
  }
}

async function* judgeSprint(
  { read }: AfterContext,
  item: ItemRow,
  board: SiteBoard,
  all: readonly SiteSprint[],
  issues: readonly string[],
): AsyncGenerator<AfterPlace> {
  const { name, state } = promiseOf(item, 'sprint')
  const place = (detail: string): AfterPlace => ({
    subject: `Sprint ${name}`,
    projectKey: board.projectKey,
    detail,
    path: boardPage(board),
  })
  const sprint = all.find(({ id }) => id === item.siteId) ?? all.find((one) => one.name === name)
  if (!sprint) {
    yield place(`The sprint is not on the board ${board.name}.`)
    return
  }
  if (sprint.name !== name) yield place(`It is called "${sprint.name}" on the site.`)
  if (sprint.state !== state) yield place(`It is ${sprint.state} on the site and was ${state}.`)
  if (!issues.length) return
  const there = new Set<string>()
  for await (const key of read.keysInSprint(sprint.id)) there.add(key)
  for (const key of issues)
    if (!there.has(key))
      yield atIssue(key, `It was in the sprint "${name}" and is not on the site.`)
}
