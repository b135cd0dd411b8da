import { expect, test } from 'vitest'
import { scopeWords } from '../../extension/words-scope.ts'
import { linkedScopes } from '../../shared/setup.ts'

test('the scope gives the same choice for filters, dashboards and boards, and says what stays behind', () => {
  expect(Object.keys(scopeWords.linked)).toEqual([...linkedScopes])
  expect([scopeWords.filters, scopeWords.dashboards, scopeWords.boards]).toEqual([
    'Filters',
    'Dashboards',
    'Boards',
  ])
  expect(scopeWords.gadgets).toContain('stay behind')
})
