import { describe, expect, test } from 'vitest'
import { deedNumberWords, diskWordsOf, onSiteWords } from '../../extension/words-deeds.ts'

const nothing = { onSite: [], waiting: 0, disk: [] }

describe('the numbers before a stop or a delete', () => {
  test('name the largest kinds, and count the rest together', () => {
    const onSite = [
      { kind: 'project' as const, items: 1 },
      { kind: 'issue' as const, items: 1204 },
      { kind: 'comment' as const, items: 3122 },
      { kind: 'worklog' as const, items: 7 },
      { kind: 'link' as const, items: 12 },
    ]
    expect(onSiteWords({ ...nothing, onSite })).toBe(
      '3,122 comments, 1,204 issues, 12 links, 7 worklogs and 1 other item',
    )
    expect(onSiteWords({ ...nothing, onSite: [{ kind: 'issue', items: 1 }] })).toBe('1 issue')
  })

  test('say that there is nothing rather than nothing at all', () => {
    expect(onSiteWords(nothing)).toBeNull()
    expect(diskWordsOf(nothing)).toBeNull()
    expect(deedNumberWords.nothing('acme')).toContain('Nothing was written')
  })

  test('tell what goes off the disk, and how large it is', () => {
    const disk = [
      { part: 'snapshot' as const, bytes: 3 * 1024 ** 3 },
      { part: 'apps' as const, bytes: 900 },
    ]
    expect(diskWordsOf({ ...nothing, disk })).toBe(
      'the snapshot (3.0 GB) and files of apps’ data (900 bytes)',
    )
  })
})
