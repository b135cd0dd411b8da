import { Hono } from 'hono'
import * as v from 'valibot'
import { PersonChoiceBody } from '../../shared/api-setup.ts'
import { peopleOrders, personProblems, personStates } from '../../shared/api-setup-views.ts'
import { valid } from './answers.ts'
import { forgetOf } from './checker.ts'
import type { AppDeps } from './deps.ts'

const number = (most: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, 'after and limit are whole numbers.'),
    v.transform(Number),
    v.maxValue(most, `At most ${most.toLocaleString('en')}.`),
  )
const PeopleQuery = v.object({
  after: v.optional(number(999_999_999), '0'),
  limit: v.optional(number(1000), '100'),
  search: v.optional(v.pipe(v.string(), v.maxLength(200)), ''),
  state: v.optional(v.picklist(personStates)),
  problem: v.optional(v.picklist(personProblems)),
  sort: v.optional(v.picklist(peopleOrders), 'source'),
})
const AccountsQuery = v.object({
  words: v.pipe(v.string(), v.trim(), v.minLength(1, 'Say whom to look for.'), v.maxLength(200)),
})

/** Who becomes which account. */
export const peopleRoutes = (deps: AppDeps) =>
  new Hono()
    .get('/migrations/:id/people', valid('query', PeopleQuery), async (c) => {
      const { state = null, problem = null, ...question } = c.req.valid('query')
      return c.json(await deps.setup.people(c.req.param('id'), { ...question, state, problem }))
    })
    .get('/migrations/:id/accounts', valid('query', AccountsQuery), async (c) =>
      c.json(await deps.setup.accounts(c.req.param('id'), c.req.valid('query').words)),
    )
    .put('/migrations/:id/people/:key', valid('json', PersonChoiceBody), async (c) => {
      const { id, key } = c.req.param()
      const person = await deps.setup.choosePerson(id, key, c.req.valid('json'))
      await forgetOf(deps, id, aboutPeople)
      return c.json(person)
    })
    .get('/migrations/:id/people.csv', async (c) => {
      // The first line is asked for before the answer begins, so that a problem still is one.
      const lines = deps.setup.peopleCsv(c.req.param('id'))[Symbol.asyncIterator]()
      const first = await lines.next()
      const encoder = new TextEncoder()
      const body = new ReadableStream<Uint8Array>({
        start: (to) => (first.done ? to.close() : to.enqueue(encoder.encode(first.value))),
        async pull(to) {
          const { done, value } = await lines.next()
          if (done) to.close()
          else to.enqueue(encoder.encode(value))
        },
      })
      return c.body(body, 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="people.csv"',
      })
    })
    .post('/migrations/:id/people.csv', async (c) => {
      const { id } = c.req.param()
      const came = await deps.setup.uploadPeople(id, await c.req.text())
      if (came.changed > 0) await forgetOf(deps, id, aboutPeople)
      return c.json(came)
    })

/** What these checks said was about the people as they were decided before. */
const aboutPeople = ['people', 'projects'] as const
