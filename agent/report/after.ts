import { afterGroups, type ChecklistEntry } from '../../shared/api-after.ts'
import type { Note } from '../../shared/api-checks.ts'
import { type AfterCheckRow, afterRows, placesOf } from '../ledger/after.ts'
import { checklistOf } from '../ledger/checklist.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { bom, csvLines } from './csv.ts'

/** What checks after a migration found, and how far each project's checklist is. */
export interface AfterFacts {
  /** What needs a person first, then in the order of the groups. */
  checks: AfterCheckRow[]
  projects: ProjectChecklist[]
}
export interface ProjectChecklist {
  key: string
  name: string
  entries: ChecklistEntry[]
  signedOff: Note | null
  warning: string | null
}

const gravity = { error: 0, incomplete: 1, warning: 2, success: 3, pending: 4 } as const

/** @param siteUrl null where the site is not known yet */
export async function gatherAfter(
  db: LedgerDb,
  migrationId: string,
  projects: readonly { key: string; name: string }[],
  siteUrl: string | null,
): Promise<AfterFacts> {
  const checks = [...(await afterRows(db, migrationId)).values()].sort(
    (a, b) =>
      gravity[a.status] - gravity[b.status] ||
      afterGroups.indexOf(a.theme) - afterGroups.indexOf(b.theme),
  )
  const lists: ProjectChecklist[] = []
  for (const { key, name } of projects)
    lists.push({ key, name, ...(await checklistOf(db, migrationId, key, siteUrl)) })
  return { checks, projects: lists }
}

const when = (at: number | null | undefined) => (at ? new Date(at).toISOString() : '')

/** One line a check that was asked, for people and spreadsheets. */
export const afterChecksCsv = ({ checks }: AfterFacts): string =>
  bom +
  csvLines([
    [
      ...['Check', 'Group', 'Status', 'What was found', 'What to do', 'Places', 'Asked'],
      ...['Accepted by', 'Accepted because', 'Code'],
    ],
    ...checks.map((one) => [
      ...[one.title, one.theme, one.status, one.sentence, one.hint, one.places, when(one.at)],
      ...[one.who, one.note, one.key],
    ]),
  ])

const aPage = 1_000

/** One line a place of every check, read page by page. */
export async function* afterPlacesCsv(
  db: LedgerDb,
  migrationId: string,
  { checks }: AfterFacts,
): AsyncGenerator<string> {
  yield bom + csvLines([['Check', 'Where', 'Project', 'Issue', 'About it', 'Address', 'Code']])
  for (const { key, title } of checks)
    for (let after = 0; ; ) {
      const page = await placesOf(db, migrationId, key, after, aPage)
      const last = page.at(-1)
      if (!last) break
      after = last.n
      yield csvLines(
        page.map(({ subject, projectKey, issueKey, detail, url }) => [
          ...[title, subject, projectKey, issueKey, detail, url, key],
        ]),
      )
    }
}

/** One line a project and entry of its checklist, and one for its sign-off. */
export const checklistCsv = ({ projects }: AfterFacts): string =>
  bom +
  csvLines([
    ['Project', 'Name', 'Entry', 'Done', 'How', 'Who', 'When', 'Note'],
    ...projects.flatMap(({ key, name, entries, signedOff, warning }) => [
      ...entries.map(({ title, done, how, by }) => [
        ...[key, name, title, done ? 'yes' : 'no', how === 'check' ? 'by check' : how && 'by hand'],
        ...[by?.who ?? '', when(by?.at), by?.note ?? ''],
      ]),
      [
        ...[key, name, 'Sign-off', signedOff ? 'yes' : 'no', signedOff ? 'by hand' : ''],
        ...[signedOff?.who ?? '', when(signedOff?.at), signedOff?.note || warning],
      ],
    ]),
  ])
