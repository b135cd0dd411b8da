import type { ProjectReading } from '../../../shared/record.ts'
import { type KeepingSink, noted, type ReadingNote } from '../source.ts'
import type { SourceClient } from './client.ts'
import type { IssueContext } from './issue.ts'
import { type IssuesRead, idsOf, type Position, readIssues, totalOf } from './issues.ts'
import type { Place } from './projects.ts'

/** How far a reading is, for who sees it halted. */
export interface HowFar {
  read: number
  total: number
}
/** The kind of note under which that stands. */
export const howFar = 'howFar'

type Done = Omit<IssuesRead, 'recent'>

/**
 * Reads the issues of projects, one project after the other. Where an earlier reading stopped in the middle it
 * goes on after the last page that is safe, and at its end reads once more what was changed since that began.
 * @param total how many issues there are, as far as that is known
 * @param onIssue is told how many are read
 */
export async function readProjectIssues(
  client: SourceClient,
  context: IssueContext,
  kept: KeepingSink,
  open: readonly Place[],
  total: number,
  signal: AbortSignal,
  onIssue: (read: number) => void,
): Promise<{ projects: ProjectReading[]; notes: ReadingNote[] }> {
  const begun = kept.noted('started')[0]?.[1]
  if (begun === undefined) kept.note('started', '', String(Date.now()))
  const done = new Map(kept.noted('project').map(([id, said]) => [id, JSON.parse(said) as Done]))
  const [, halted] = kept.noted('current')[0] ?? []
  const current = halted === undefined ? null : (JSON.parse(halted) as Position & { id: string })
  let issues = kept.count('issue')
  onIssue(issues)
  for (const { id } of open) {
    if (done.has(id)) continue
    signal.throwIfAborted()
    const { recent: _, ...found } = await readIssues(
      client,
      context,
      `project = ${id}`,
      current?.id === id ? current : null,
      {
        onIssue() {
          issues += 1
          onIssue(issues)
        },
        // Kept with the page that it belongs to; read twice, it is the same note.
        onGone: (key, why) => kept.note(`gone/${why}`, key, id),
        onWritten(at) {
          kept.note('current', '', JSON.stringify({ id, ...at }))
          kept.note(howFar, '', JSON.stringify({ read: issues, total } satisfies HowFar))
          kept.checkpoint()
        },
      },
    )
    done.set(id, found)
    kept.note('project', id, JSON.stringify(found))
    kept.checkpoint()
  }
  if (begun !== undefined) await catchUp(client, context, kept, open, done, Number(begun), signal)
  for (const why of ['during', 'large'] as const)
    for (const [key, projectId] of kept.noted(`gone/${why}`))
      context.rows.draft(noted, [goneRows(why, projectId), key, null, null, projectId])
  const read = open.flatMap((place) => {
    const found = done.get(place.id)
    return found ? [readingOf(place, found)] : []
  })
  for (const { id, key } of open)
    if (done.get(id)?.stated === null)
      context.rows.draft(noted, [notSearched(id), key, null, null, id])
  return {
    projects: read,
    notes: open.flatMap((place, i) => notesOf(place, read[i], done.get(place.id))),
  }
}

/** People went on working while nobody read: what they changed since the first start is read once more. */
async function catchUp(
  client: SourceClient,
  context: IssueContext,
  kept: KeepingSink,
  open: readonly Place[],
  done: Map<string, Done>,
  begun: number,
  signal: AbortSignal,
): Promise<void> {
  // A distance in time is the same by every clock, and in every time zone that Jira reads a date in.
  const minutes = Math.ceil((Date.now() - begun) / 60_000) + 1
  for (const { id } of open) {
    const before = done.get(id)
    if (!before || before.stated === null) continue
    signal.throwIfAborted()
    const jql = `project = ${id} AND updated >= -${minutes}m`
    const again = await readIssues(client, context, jql, null, {
      onPage: (ids) => kept.forgetIssues(ids),
      onWritten: () => kept.checkpoint(),
    })
    const stated = (await totalOf(client, `project = ${id}`)) ?? before.stated
    // Those that were deleted, or moved to where nothing is read, are in no list of changes.
    if (kept.issueIds(id).length > stated) {
      const there = await idsOf(client, `project = ${id}`)
      kept.forgetIssues(kept.issueIds(id).filter((one) => !there.has(one)))
      kept.checkpoint()
    }
    if (again.read > 0 || stated !== before.stated)
      done.set(id, { ...before, stated, read: kept.issueIds(id).length })
  }
}

const goneRows = (why: 'during' | 'large', projectId: string) => `gone/${why}/${projectId}`
const notSearched = (projectId: string) => `not-searched/${projectId}`

function readingOf({ key }: Place, { read, gone, stated }: Done): ProjectReading {
  return {
    ...{ key, how: stated === null ? 'not-searched' : 'read', stated, read, tooLarge: gone.large },
    notFound: Math.max(0, (stated ?? 0) - read - gone.large),
  }
}

function notesOf(
  { id, key }: Place,
  reading: ProjectReading | undefined,
  done: Done | undefined,
): ReadingNote[] {
  if (!reading || !done) return []
  const { how, tooLarge, notFound } = reading
  const all: ReadingNote[] = [
    {
      code: 'project-not-searched',
      text: `Projects that Jira does not let this account search: ${key}`,
      items: how === 'not-searched' ? 1 : 0,
      rows: notSearched(id),
    },
    {
      code: 'issues-deleted-meanwhile',
      text: `Issues of ${key} that were deleted while they were read`,
      items: done.gone.during,
      rows: goneRows('during', id),
    },
    {
      code: 'issues-too-large',
      text: `Issues of ${key} that are too large to be answered by Jira`,
      items: tooLarge,
      rows: goneRows('large', id),
    },
    {
      code: 'issues-not-found',
      text: `Issues of ${key} that Jira counts but does not list: let an administrator rebuild its search index, then read again`,
      items: notFound,
    },
  ]
  return all.filter(({ items }) => items > 0)
}

/** A set that a reading which goes on finds again. */
export function keptSet(kept: KeepingSink, kind: string): Set<string> {
  const set = new Set(kept.noted(kind).map(([key]) => key))
  const add = set.add.bind(set)
  set.add = (key) => {
    if (!set.has(key)) kept.note(kind, key, '')
    return add(key)
  }
  return set
}
