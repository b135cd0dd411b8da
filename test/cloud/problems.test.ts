import { describe, expect, test } from 'vitest'
import {
  describeNetworkError,
  fateOf,
  problemOfAnswer,
  problemOfNetwork,
  wordsOf,
} from '../../agent/cloud/problems.ts'
import { viewProblem } from '../../shared/problem.ts'
import { networkError } from './requests.ts'

const bulk = { method: 'POST', template: '/rest/api/3/issue/bulk' } as const

describe("a site's refusal", () => {
  test("is one sentence of the site's own words, field by field", () => {
    const body = {
      errorMessages: ['Something is off.'],
      errors: { summary: 'You must specify a summary.', duedate: 'Not a date' },
    }
    expect(viewProblem(problemOfAnswer(400, JSON.stringify(body), bulk))).toEqual({
      code: 'site-refused',
      sentence:
        'The site refused this (400): Something is off; summary: You must specify a summary; duedate: Not a date.',
      hint: 'Fix what the site names, then run the migration again.',
      again: false,
    })
  })

  test.each([
    [401, 'site-token-refused', false],
    [403, 'site-permission-missing', false],
    [404, 'site-refused', false],
    [413, 'site-refused', false],
    [500, 'site-unreachable', true],
    [503, 'site-unreachable', true],
  ])('%i is %s', (status, code, again) => {
    expect(problemOfAnswer(status, '', bulk)).toMatchObject({ code, again, status })
  })

  test('shows nothing of a page that is not JSON', () => {
    const page = '<html><body>Gateway <b>trouble</b></body></html>'
    expect(problemOfAnswer(502, page, bulk).message).toBe(
      'The site failed with 502 at POST /rest/api/3/issue/bulk.',
    )
  })

  test('reads each of the forms that the site uses', () => {
    expect(wordsOf({ message: 'No such thing' }).words).toBe('No such thing.')
    expect(wordsOf({ errorMessage: 'Gone' }).words).toBe('Gone.')
    expect(wordsOf({ errors: [{ message: 'One' }, { message: 'Two' }] }).words).toBe('One; Two.')
    expect(wordsOf({ errors: { a: 'b' } })).toEqual({ words: 'a: b.', fields: ['a'] })
    for (const odd of [null, [], 'text', 7, { errorMessages: 'text', errors: 'text' }])
      expect(wordsOf(odd).words).toBe('')
  })

  test('is cut where a site sends a whole stack trace', () => {
    expect(wordsOf({ message: 'x'.repeat(9_000) }).words.length).toBeLessThan(700)
  })
})

describe('a request without an answer', () => {
  test('says why, and that it can be tried again', () => {
    const problem = problemOfNetwork(networkError('ECONNRESET'), bulk)
    expect(problem).toMatchObject({ code: 'site-unreachable', again: true })
    expect(problem.message).toBe(
      'The site does not answer: the connection broke (ECONNRESET). (POST /rest/api/3/issue/bulk)',
    )
  })

  test('with a certificate nobody trusts will not get better by waiting', () => {
    const problem = problemOfNetwork(networkError('SELF_SIGNED_CERT_IN_CHAIN'), bulk)
    expect(problem).toMatchObject({ code: 'site-unreachable', again: false })
    expect(problem.hint).toContain('certificate')
  })

  test('is understood through the errors that wrap it', () => {
    const refused = networkError('ECONNREFUSED')
    const both = Object.assign(new AggregateError([refused, refused]), { code: 'ECONNREFUSED' })
    expect(fateOf(new Error('fetch failed', { cause: both }))).toBe('never left')
    expect(describeNetworkError(new Error('odd'))).toBe('The site does not answer: odd.')
  })
})
