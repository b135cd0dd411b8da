import { expect, test } from 'vitest'
import { statusWords } from '../../extension/words.ts'
import { deedWord, questionWords, statusOf } from '../../extension/words-status.ts'
import { noticeText } from '../../extension/words-watch.ts'
import { migrationStatuses } from '../../shared/status.ts'

const verify = { setup: { purpose: 'verify' as const } }
const move = { setup: { purpose: 'production' as const } }

test('a verification never says that something was migrated', () => {
  const { stop, delete: remove } = questionWords(verify)
  const said = [
    ...migrationStatuses.map((status) => statusOf({ ...verify, status }).meaning),
    stop.text('https://acme.atlassian.net'),
    remove.plan,
    remove.ran('https://acme.atlassian.net'),
    noticeText({ name: 'x', kind: 'started', status: 'running', reason: null, purpose: 'verify' }),
    noticeText({
      name: 'x',
      kind: 'finished',
      status: 'finished',
      reason: null,
      purpose: 'verify',
    }),
  ]
  for (const sentence of said) {
    expect(sentence).not.toMatch(/migrat|sent\b|undone\. Every/i)
    expect(sentence).toMatch(/\.$/)
  }
  expect(statusOf({ ...verify, status: 'finished' }).meaning).toContain(
    'Everything that could be compared is equal.',
  )
})

test('a migration keeps the words that people know', () => {
  for (const status of migrationStatuses) {
    expect(statusOf({ ...move, status })).toEqual(statusWords[status])
    expect(statusOf({ status })).toEqual(statusWords[status])
  }
  expect(deedWord(move, 'run', true)).toBe('Run again')
  expect(deedWord(verify, 'run', true)).toBe('Verify again')
  expect(deedWord(verify, 'run', false)).toBe('Verify')
  expect(deedWord(verify, 'pause', true)).toBe('Pause')
})
