import type { Selectable } from 'kysely'
import { type ChecklistTask, checklistTasks } from '../../shared/after-checklist.ts'
import type { ChecklistEntry } from '../../shared/api-after.ts'
import type { Note } from '../../shared/api-checks.ts'
import { type CheckList, leftOutList } from '../../shared/check-lists.ts'
import { type AfterCheckRow, afterRows, placeCounts } from './after.ts'
import { touch } from './checks.ts'
import { logEvent } from './events.ts'
import type { LedgerDb } from './open.ts'
import type { SignOffTable, TickTable } from './schema-after.ts'

export type TickRow = Selectable<TickTable>
export type SignOffRow = Selectable<SignOffTable>

/** A project's checklist as it stands, and who signed the project off. */
export interface Checklist {
  entries: ChecklistEntry[]
  signedOff: Note | null
  warning: string | null
}

/** What a decision carries. */
type Said = Note & { projectKey: string }

/**
 * The checklist of a project. An entry is done by the checks that answer it while none of them has a place
 * that concerns this project, and by hand; what a person said last about a ticked entry stands until a check
 * is asked anew.
 * @param siteUrl null where the site is not known yet: no page is offered then
 */
export async function checklistOf(
  db: LedgerDb,
  migrationId: string,
  projectKey: string,
  siteUrl: string | null,
): Promise<Checklist> {
  const rows = await afterRows(db, migrationId)
  const counts = await placeCounts(db, migrationId, projectKey)
  const ticks = await ticksOf(db, migrationId, projectKey)
  const signedOff = await signOffOf(db, migrationId, projectKey)
  const entries = checklistTasks.map((task) => {
    const { entry, title, sentence, checks } = task
    const state = stateOf(task, rows, counts, ticks.get(entry))
    return {
      entry,
      title,
      sentence,
      url: pageOf(task, siteUrl, projectKey),
      checks: [...checks],
      ...state,
    }
  })
  return { entries, signedOff, warning: warningOf(entries, rows, counts, signedOff) }
}

function stateOf(
  { checks }: ChecklistTask,
  rows: ReadonlyMap<string, AfterCheckRow>,
  counts: ReadonlyMap<string, number>,
  tick: TickRow | undefined,
): Pick<ChecklistEntry, 'done' | 'how' | 'by'> {
  const by = tick ? { note: tick.note, who: tick.who, at: tick.at } : null
  if (tick?.done) return { done: true, how: 'hand', by }
  const own = checks.map((key) => rows.get(key))
  const asked = own.length > 0 && own.every((row) => row && isAnswered(row, counts))
  const since = Math.max(0, ...own.map((row) => row?.at ?? 0))
  if (!asked) return { done: false, how: null, by: null }
  // Somebody took the tick away after the check had set it.
  if (tick && tick.at > since) return { done: false, how: null, by }
  return { done: true, how: 'check', by: acceptedBy(own) }
}

/** It found nothing that concerns this project, or somebody lives with what it says. */
const isAnswered = (row: AfterCheckRow, counts: ReadonlyMap<string, number>): boolean =>
  row.status === 'success' ||
  isAccepted(row) ||
  (isFound(row) && namesPlaces(row) && !counts.get(row.key))

/** Whether it says where: places that are wrong, or that the plan left out. Without any it concerns every project. */
const namesPlaces = ({ places, listsJson }: AfterCheckRow): boolean =>
  places > 0 || (JSON.parse(listsJson) as CheckList[]).some(({ list }) => list === leftOutList)

const isFound = ({ status }: AfterCheckRow) => status === 'warning' || status === 'error'
/** Somebody lives with what it found, or with what it cannot tell. */
const isAccepted = (row: AfterCheckRow) =>
  (isFound(row) || row.status === 'incomplete') && row.note !== null

function acceptedBy(rows: readonly (AfterCheckRow | undefined)[]): Note | null {
  const row = rows.find((one) => one?.note != null)
  return row ? { note: row.note ?? '', who: row.who ?? '', at: row.notedAt ?? row.at } : null
}

/** Why a sign-off is premature, or older than what was found since; null where nothing speaks against it. */
function warningOf(
  entries: readonly ChecklistEntry[],
  rows: ReadonlyMap<string, AfterCheckRow>,
  counts: ReadonlyMap<string, number>,
  signedOff: Note | null,
): string | null {
  const open = [...rows.values()].filter(
    (row) => isFound(row) && !isAccepted(row) && (!namesPlaces(row) || counts.get(row.key)),
  )
  const news = signedOff ? open.filter((row) => row.at > signedOff.at) : []
  if (news.length)
    return `Signed off before the last news: ${words(news.length, 'check')} asked since then ${news.length === 1 ? 'finds' : 'find'} something here.`
  const unasked = [...rows.values()].filter(
    (row) => row.status === 'incomplete' && !isAccepted(row),
  ).length
  const undone = entries.filter((one) => !one.done).length
  const parts = [
    rows.size === 0 ? 'no check after the migration was asked yet' : '',
    open.length ? `${words(open.length, 'check')} found something that nobody has accepted` : '',
    unasked ? `${words(unasked, 'check')} could not be done to the end` : '',
    undone
      ? `${words(undone, 'entry', 'entries')} of the checklist ${undone === 1 ? 'is' : 'are'} not done`
      : '',
  ].filter(Boolean)
  if (!parts.length) return null
  const text = parts.join(', ')
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`
}

const words = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`

/** A practice site has no page but that of the project. */
function pageOf({ page }: ChecklistTask, siteUrl: string | null, key: string): string | null {
  if (!page || siteUrl === null) return null
  const ofProject = 'path' in page && page.path === '/browse/'
  if (/^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(siteUrl).hostname) && !ofProject)
    return null
  if ('address' in page) return page.address
  return `${siteUrl.replace(/\/+$/, '')}${page.path}${ofProject ? key : ''}`
}

async function ticksOf(db: LedgerDb, migrationId: string, projectKey: string) {
  const rows = await db
    .selectFrom('tick')
    .selectAll()
    .where('migrationId', '=', migrationId)
    .where('projectKey', '=', projectKey)
    .execute()
  return new Map(rows.map((row) => [row.entry, row]))
}

export async function signOffOf(
  db: LedgerDb,
  migrationId: string,
  projectKey: string,
): Promise<Note | null> {
  const row = await db
    .selectFrom('signOff')
    .select(['note', 'who', 'at'])
    .where('migrationId', '=', migrationId)
    .where('projectKey', '=', projectKey)
    .executeTakeFirst()
  return row ?? null
}

/** Ticks an entry by hand, or takes its tick away; the timeline keeps both. */
export async function tickEntry(
  db: LedgerDb,
  migrationId: string,
  task: ChecklistTask,
  said: Said & { done: boolean },
): Promise<void> {
  const { projectKey, note, who, at } = said
  const done = said.done ? 1 : 0
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('tick')
      .values({ migrationId, projectKey, entry: task.entry, done, note, who, at })
      .onConflict((conflict) =>
        conflict
          .columns(['migrationId', 'projectKey', 'entry'])
          .doUpdateSet({ done, note, who, at }),
      )
      .execute()
    const what = `"${task.title}" ${done ? 'ticked' : 'no longer ticked'} by ${who}`
    await tell(tx, migrationId, said, `${projectKey}: ${what}.${noted(note)}`)
  })
}

/** Signs a project off; a later sign-off takes the place of an earlier one, which the timeline keeps. */
export async function signOff(db: LedgerDb, migrationId: string, said: Said): Promise<void> {
  const { projectKey, note, who, at } = said
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('signOff')
      .values({ migrationId, projectKey, note, who, at })
      .onConflict((conflict) =>
        conflict.columns(['migrationId', 'projectKey']).doUpdateSet({ note, who, at }),
      )
      .execute()
    await tell(tx, migrationId, said, `${projectKey} signed off by ${who}.${noted(note)}`)
  })
}

/** Withdraws the sign-off of a project. @returns whether there was one */
export async function withdrawSignOff(
  db: LedgerDb,
  migrationId: string,
  said: Omit<Said, 'note'>,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { numDeletedRows } = await tx
      .deleteFrom('signOff')
      .where('migrationId', '=', migrationId)
      .where('projectKey', '=', said.projectKey)
      .executeTakeFirst()
    if (numDeletedRows === 0n) return false
    await tell(tx, migrationId, said, `Sign-off of ${said.projectKey} withdrawn by ${said.who}.`)
    return true
  })
}

const noted = (note: string) => (note === '' ? '' : ` ${note}`)

async function tell(
  tx: LedgerDb,
  migrationId: string,
  { projectKey, at }: { projectKey: string; at: number },
  text: string,
): Promise<void> {
  await logEvent(tx, { migrationId, at, level: 'info', phase: 'stage:sign-off', text, projectKey })
  await touch(tx, migrationId)
}
