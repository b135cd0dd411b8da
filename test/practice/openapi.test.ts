import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { routes } from '../../agent/practice/routes.ts'
import { type Exchange, openApiChecker } from '../support/openapi.ts'
import { practiceInMemory } from './caller.ts'
import { tour } from './tour.ts'

const folder = resolve(import.meta.dirname, '../../../shared/openapi')
const platform = resolve(folder, 'jira-cloud-platform-v3.json')
const software = resolve(folder, 'jira-cloud-software-2022.json')

describe.runIf(existsSync(platform))('the practice site and the official documents', async () => {
  const checkers = existsSync(platform) ? [openApiChecker(platform), openApiChecker(software)] : []
  const checkerOf = ({ path }: { path: string }) =>
    path.startsWith('/rest/agile/') ? checkers[1] : checkers[0]
  // The document forgets what Jira really answers: a change from or to nothing has null at that end.
  const forgotten =
    /(histories|values|changeHistories)\/\d+\/items\/\d+\/(from|fromString|to|toString) must be string/
  const check = (exchange: Exchange) =>
    (checkerOf(exchange)?.check(exchange) ?? ['no document']).filter(
      (each) => !forgotten.test(each),
    )

  test('agree on every route, every answer and every refusal', async () => {
    const exchanges: Exchange[] = []
    const { practice, call } = practiceInMemory({}, (exchange) => exchanges.push(exchange))
    await tour(call)
    const counts = practice.requestCounts()
    practice.close()
    expect(exchanges.flatMap(check)).toEqual([])
    expect(exchanges.filter(({ status }) => status >= 500)).toEqual([])
    const official = routes.filter(([, path]) => path.startsWith('/rest/'))
    const silent = official.filter(([method, path]) => !counts[`${method} ${path}`])
    expect(silent.map(([method, path]) => `${method} ${path}`)).toEqual([])
    const refused = official.filter(([method, path]) => {
      const own = exchanges.filter(
        (each) => checkerOf(each)?.template(each.method, each.path) === path,
      )
      return own.filter((each) => each.method === method).every(({ status }) => status >= 400)
    })
    const never = refused.map(([method, path]) => `${method} ${path}`)
    // Nobody may vote for an issue of their own, and the site has one person who asks.
    const own = [
      'POST /rest/api/3/issue/{issueIdOrKey}/votes',
      'DELETE /rest/api/3/issue/{issueIdOrKey}/votes',
    ]
    expect(never.filter((each) => !own.includes(each))).toEqual([])
  })

  const good: Exchange = {
    method: 'GET',
    path: '/rest/api/3/issuetype/10001',
    query: new URLSearchParams(),
    requestBody: undefined,
    status: 200,
    responseBody: { id: '10001', name: 'Task', subtask: false },
  }
  test.each<[string, Partial<Exchange>]>([
    ['a value of the wrong type', { responseBody: { id: 10_001 } }],
    ['a property that is not documented', { responseBody: { id: '10001', colour: 'red' } }],
    ['a status that is not documented', { status: 418 }],
    ['an endpoint that is not documented', { path: '/rest/api/3/issuetipe/10001' }],
    ['a query name that is not documented', { query: new URLSearchParams('colour=red') }],
    ['a method that is not documented', { method: 'PATCH' }],
    ['a body where none is documented', { requestBody: {} }],
    [
      'a request body that lacks what is required',
      {
        method: 'POST',
        path: '/rest/api/3/issuetype',
        requestBody: { description: 'x' },
        status: 201,
      },
    ],
  ])('are told apart: %s is found', (_, wrong) => {
    expect(check(good)).toEqual([])
    expect(check({ ...good, ...wrong })).not.toEqual([])
  })
})
