import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addIssue, type IssueContext } from '../../../agent/source/datacenter/issue.ts'
import { createPeople } from '../../../agent/source/datacenter/people.ts'
import { createRows } from '../../../agent/source/datacenter/rows.ts'
import { list, record } from '../../../agent/source/datacenter/shapes.ts'
import type { KeepingSink } from '../../../agent/source/source.ts'

const recordings = resolve(import.meta.dirname, '../../../../shared/rest/jrjc')
const issues = join(recordings, 'issue')

/** What an answer of a real server becomes, by table. */
function rowsOf(file: string): Record<string, Record<string, unknown>[]> {
  const issue = record(JSON.parse(readFileSync(join(issues, file), 'utf8')))
  const schema = record(issue.schema)
  const found: Record<string, Record<string, unknown>[]> = {}
  const sink: KeepingSink = {
    ...{ noted: () => [], note() {}, checkpoint() {}, count: () => 0, issueIds: () => [] },
    forgetIssues() {},
    row({ table, columns }, values) {
      found[table] ??= []
      found[table].push(Object.fromEntries(columns.map((column, i) => [column, values[i]])))
    },
  }
  const rows = createRows(sink)
  const members = Object.keys(record(issue.fields)).filter((name) =>
    name.startsWith('customfield_'),
  )
  const context: IssueContext = {
    rows,
    people: createPeople(
      {
        base: new URL('http://recorded'),
        get: () => Promise.reject(new Error('A recording is not asked.')),
        find: () => Promise.reject(new Error('A recording is not asked.')),
        open: () => Promise.reject(new Error('A recording is not asked.')),
        requests: () => 0,
        close: async () => {},
      },
      rows,
      sink,
    ),
    fields: {
      byMember: new Map(
        members.map((name) => [
          name,
          {
            id: name.slice('customfield_'.length),
            type: String(record(schema[name]).custom ?? ''),
          },
        ]),
      ),
      sawOption: () => {},
    },
    roles: new Map([['administrators', '10002']]),
    projectKeys: new Set(),
    ownLinks: new Set(),
    epicOf: () => {},
    sawSprint: () => {},
  }
  addIssue(context, issue, {
    ...{ comments: null, worklogs: null, remoteLinks: [], watchers: [], voters: [] },
  })
  return found
}

/** Jira 4 had another form of answers, without an id; it is not read live. */
const isTooOld = (file: string) =>
  record(JSON.parse(readFileSync(join(issues, file), 'utf8'))).id === undefined

describe.runIf(existsSync(issues))('answers of real servers, from 5.0 to 7', () => {
  const files = existsSync(issues) ? readdirSync(issues).filter((file) => !isTooOld(file)) : []

  test.each(files)('%s gives all that it holds', (file) => {
    const answer = record(JSON.parse(readFileSync(join(issues, file), 'utf8')))
    const fields = record(answer.fields)
    const found = rowsOf(file)
    const count = (table: string) => found[table]?.length ?? 0
    expect(found.issue).toHaveLength(1)
    expect(found.issue?.[0]).toMatchObject({ id: answer.id, key: answer.key })
    expect(count('comment')).toBe(list(record(fields.comment).comments).length)
    expect(count('worklog')).toBe(list(record(fields.worklog).worklogs).length)
    expect(count('attachment')).toBe(list(fields.attachment).length)
    expect(count('changeGroup')).toBe(list(record(answer.changelog).histories).length)
    expect(count('issueComponent')).toBe(list(fields.components).length)
    // Everything of an issue can be told apart.
    for (const table of ['comment', 'worklog', 'attachment', 'fieldValue', 'changeItem', 'link'])
      expect(new Set(found[table]?.map((row) => row.id)).size, table).toBe(count(table))
  })

  test('a restricted comment stays restricted, by role and by group', () => {
    const comments = rowsOf('valid-visibility.json').comment ?? []
    expect(comments.find((row) => row.roleLevel !== null)?.roleLevel).toBe('10002')
    expect(comments.find((row) => row.groupLevel !== null)?.groupLevel).toBe('jira-users')
  })

  test('a comment of nobody has no author', () => {
    expect(rowsOf('valid-anonymous-comment.json').comment?.[0]?.author).toBeNull()
  })

  test('times of any zone become one', () => {
    const [issue] = rowsOf('valid-all-expanded.json').issue ?? []
    expect(issue?.created).toBe('2010-07-26 11:29:18.262')
  })
})
