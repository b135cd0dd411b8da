import { Hono } from 'hono'
import * as v from 'valibot'
import {
  type AppMarks,
  type AppTablePage,
  type ListingQuestion,
  type SourceRowPage,
  sourceLists,
} from '../../shared/api-source.ts'
import { Problem } from '../../shared/problem.ts'
import { straight } from '../../shared/straight.ts'
import { workflowParts } from '../../shared/workflow-rows.ts'
import { getMigration } from '../ledger/migrations.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { cut, PageQuery } from './pages.ts'

/** A name out of Jira can be long; what a request line holds at most bounds it anyway. */
const name = v.pipe(v.string(), v.maxLength(12_000))
const RowsQuery = v.object({
  app: v.optional(name),
  field: v.optional(name),
  entity: v.optional(name),
  project: v.optional(name),
  issue: v.optional(name),
  person: v.optional(name),
  workflow: v.optional(name),
  part: v.optional(v.picklist(workflowParts)),
  note: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))),
  ...PageQuery.entries,
})

/** The rows of a source: the list behind each number of its inspection, and behind what an app left there. */
export const sourceRowRoutes = (deps: AppDeps) =>
  new Hono()
    .get('/migrations/:id/entities/:entity', valid('query', PageQuery), async (c) => {
      const { id, entity } = c.req.param()
      const { after, limit } = c.req.valid('query')
      const migration = await getMigration(deps.ledger.db, id)
      const { signal } = c.req.raw
      const rows = await deps.originals.counted(migration, entity, after, limit, signal)
      const { page, next } = cut(rows, limit, (row) => row.n)
      return c.json({ rows: page, next } satisfies AppTablePage)
    })
    .get('/migrations/:id/source/:list', valid('query', RowsQuery), async (c) => {
      const { id, list } = c.req.param()
      const table = ['noted' as const, ...sourceLists].find((one) => one === list)
      if (!table)
        throw new Problem('not-found', `A source has no list of the name ${list}.`, {
          hint: 'Open the list from the number that it stands behind.',
        })
      const asked = c.req.valid('query')
      const { app, field, person, note: n, after, limit } = asked
      const migration = await getMigration(deps.ledger.db, id)
      const named = person === undefined ? null : deps.originals.naming(migration, person)
      const note =
        table === 'noted'
          ? deps.originals.note(migration, n ?? 0)
          : named && `${straight(named.who)} is their reporter, assignee or creator.`
      const marks = app === undefined ? undefined : await deps.apps.marks(id, app)
      const rows = deps.originals.rows(migration, {
        table,
        ...(n === undefined ? {} : { note: n }),
        after,
        limit: limit + 1,
        ...(marks && { marks: field === undefined ? marks : ofField(marks, field) }),
        ...narrowedTo(asked),
        ...(named && { naming: named.naming }),
      })
      const { page, next } = cut(rows, limit, (row) => row.n)
      return c.json({ rows: page, next, note } satisfies SourceRowPage)
    })

const narrowings = ['entity', 'project', 'issue', 'field', 'workflow', 'part'] as const

const narrowedTo = (
  asked: v.InferOutput<typeof RowsQuery>,
): Pick<ListingQuestion, (typeof narrowings)[number]> =>
  Object.fromEntries(
    narrowings.flatMap((one) => (asked[one] === undefined ? [] : [[one, asked[one]]])),
  )

/** What bears the mark of one field of an app, and nothing else of it. */
const ofField = (marks: AppMarks, field: string): AppMarks => ({
  ...marks,
  propertyKeys: [],
  fieldIds: marks.fieldIds.filter((id) => id === field),
})
