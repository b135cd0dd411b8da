import { existsSync, renameSync, rmSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import type { PlannedRow } from '../../shared/api-planned.ts'
import { kinds, type PlannedItem, type Reason } from '../../shared/plan.ts'
import type { PlannedQuestion } from '../routes/setup-service.ts'

/**
 * Numbers stand for words, so that millions of items stay small on disk. What is asked for is an equal kind,
 * project or code in the order of the plan: each index ends in the row's own number.
 */
const schema = `
  create table word (id integer primary key, text text not null);
  create table said (id integer primary key, text text not null);
  create table item (
    n integer primary key, leftOut integer not null, lossy integer not null,
    kind integer not null, project integer, issueKey text, label text not null
  );
  create index item_kind on item (leftOut, kind);
  create index item_project on item (leftOut, project);
  create index item_both on item (leftOut, project, kind);
  create index lossy_kind on item (kind) where lossy = 1;
  create index lossy_project on item (project) where lossy = 1;
  create index lossy_both on item (project, kind) where lossy = 1;
  create table reason (
    id integer primary key, n integer not null, loss integer not null,
    kind integer not null, project integer, code integer not null, said integer not null
  );
  create index reason_item on reason (n);
  create index reason_code on reason (loss, kind, code);
`

/** So many sentences are known by heart; after that some are written twice, and memory stays as it is. */
const remembered = 5_000
/** Rows of one transaction; its pages stay in memory until then. */
const rowsAtOnce = 20_000
const counted = new Set<string>(kinds)

/** Writes the items of a plan down while they pass. Nothing is there to read before `keep`. */
export function writePlanned(path: string) {
  const part = `${path}.part`
  rmSync(part, { force: true })
  const db = new DatabaseSync(part)
  // It is made anew whenever it is missing, so nothing is done for the case that the power fails.
  const pragmas = ['journal_mode = off', 'synchronous = off', 'cache_size = -32000']
  for (const one of pragmas) db.exec(`pragma ${one}`)
  db.exec(`${schema} begin`)
  const addWord = db.prepare('insert into word (text) values (?)')
  const addSaid = db.prepare('insert into said (text) values (?)')
  const addItem = db.prepare(
    'insert into item (leftOut, lossy, kind, project, issueKey, label) values (?, ?, ?, ?, ?, ?)',
  )
  const addReason = db.prepare(
    'insert into reason (n, loss, kind, project, code, said) values (?, ?, ?, ?, ?, ?)',
  )
  const words = new Map<string, number>()
  const sentences = new Map<string, number>()
  let rows = 0

  function word(text: string): number {
    const known = words.get(text) ?? Number(addWord.run(text).lastInsertRowid)
    words.set(text, known)
    return known
  }
  function sentence(text: string): number {
    if (sentences.size > remembered) sentences.clear()
    const known = sentences.get(text) ?? Number(addSaid.run(text).lastInsertRowid)
    sentences.set(text, known)
    return known
  }

  return {
    see(item: PlannedItem): void {
      if (!counted.has(item.kind)) return
      const { leftOut, losses, projectKey, issueKey, label } = item
      const kind = word(item.kind)
      const project = projectKey === null ? null : word(projectKey)
      const lossy = leftOut === null && losses.length > 0
      const { lastInsertRowid: n } = addItem.run(
        ...[leftOut ? 1 : 0, lossy ? 1 : 0, kind, project],
        ...[issueKey, label],
      )
      const because = (loss: 0 | 1, { code, text }: Reason) =>
        addReason.run(n, loss, kind, project, word(code), sentence(text))
      if (leftOut) because(0, leftOut)
      // As they are counted: of one code once an item.
      for (const [i, loss] of losses.entries())
        if (losses.findIndex(({ code }) => code === loss.code) === i) because(1, loss)
      rows += 1
      if (rows % rowsAtOnce === 0) db.exec('commit; begin')
    },
    keep(): void {
      db.exec('commit')
      db.close()
      rmSync(path, { force: true })
      renameSync(part, path)
    },
    drop(): void {
      if (db.isOpen) db.close()
      rmSync(part, { force: true })
    },
  }
}
export type PlannedWriter = ReturnType<typeof writePlanned>

/** Takes the list off the disk, with what an unfinished one left. */
export function forgetPlanned(path: string): void {
  for (const one of plannedFiles(path)) rmSync(one, { force: true })
}
export const plannedFiles = (path: string): string[] => [path, `${path}.part`]

/** A page of the list, and how many there are in all; null where there is none on disk. */
export function readPlanned(
  path: string,
  question: PlannedQuestion,
): { rows: PlannedRow[]; total: number } | null {
  if (!existsSync(path)) return null
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    const { what, after, limit } = question
    const { from, where, values } = narrowed(question)
    const by = from === 'reason r' ? 'r.id' : 'i.n'
    const own = from === 'reason r' ? 'reason r join item i on i.n = r.n' : from
    const rows = db
      .prepare(
        `select ${by} as n, i.n as item, i.label, i.issueKey, k.text as kind, p.text as projectKey
         from ${own} join word k on k.id = i.kind left join word p on p.id = i.project
         where ${where} and ${by} > ? order by ${by} limit ?`,
      )
      .all(...values, after, limit) as unknown as (Omit<PlannedRow, 'reasons'> & { item: number })[]
    const { total } = db
      .prepare(`select count(*) as total from ${from} where ${where}`)
      .get(...values) as { total: number }
    const reasons = db.prepare(
      `select c.text as code, s.text as text from reason r
       join word c on c.id = r.code join said s on s.id = r.said
       where ${what === 'loss' ? 'r.id = ?' : 'r.n = ? order by r.id'}`,
    )
    return {
      total,
      rows: rows.map(({ item, ...row }) => ({
        ...row,
        reasons: reasons.all(what === 'loss' ? row.n : item) as unknown as PlannedRow['reasons'],
      })),
    }
  } finally {
    db.close()
  }
}

/** Which table tells it, and with which conditions. A reason is narrowed by its code, an item by itself. */
function narrowed({ what, kind, code, project }: PlannedQuestion) {
  const byReason = what === 'loss' || code !== undefined
  // Without a kind and a project the rows are gone through as they lie, which is their order, too.
  const all = kind === undefined && project === undefined
  const from = byReason ? 'reason r' : all ? 'item i not indexed' : 'item i'
  const of = byReason ? 'r' : 'i'
  const conditions = [
    byReason
      ? `r.loss = ${what === 'leftOut' ? 0 : 1}`
      : what === 'withLoss'
        ? 'i.lossy = 1'
        : `i.leftOut = ${what === 'leftOut' ? 1 : 0}`,
  ]
  const values: SQLInputValue[] = []
  const equal = (column: string, word: string | undefined) => {
    if (word === undefined) return
    conditions.push(`${of}.${column} = (select id from word where text = ?)`)
    values.push(word)
  }
  equal('kind', kind)
  equal('code', code)
  // What belongs to no one project has none.
  if (project === '') conditions.push(`${of}.project is null`)
  else equal('project', project)
  return { from, where: conditions.join(' and '), values }
}
