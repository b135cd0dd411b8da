import { expect, test } from 'vitest'
import { scopeWords } from '../../extension/words-scope.ts'

test('the scope says that dashboards do not move, and how many that are', () => {
  expect(scopeWords.dashboards(1_204)).toContain('1,204 dashboards of this source are listed')
  expect(scopeWords.dashboards(1)).toContain('1 dashboard of this source is listed')
  expect(scopeWords.dashboards(null)).toContain('All of them are listed')
  expect(scopeWords.dashboards(0)).toBe('The source has no dashboards.')
})
