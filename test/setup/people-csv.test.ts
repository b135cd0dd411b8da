import { expect, test } from 'vitest'
import { peopleLines, readMapping } from '../../agent/setup/people-csv.ts'
import type { PersonView } from '../../shared/api-setup-views.ts'

const person = (own: Partial<PersonView>): PersonView => ({
  key: 'fred',
  name: 'Fred',
  email: 'fred@example.com',
  active: true,
  addressed: true,
  state: 'email',
  how: 'email',
  account: null,
  problem: null,
  sharedWith: [],
  issues: 1,
  ...own,
})
const read = (csv: string) => readMapping(csv, (key) => ['fred', '=mary', 'a,b'].includes(key))

test('what is written can be read, odd keys and names too', () => {
  const people = [
    person({ name: '=HYPERLINK("x")' }),
    person({ key: '=mary', how: 'placeholder', state: 'placeholder' }),
    person({ key: 'a,b', how: 'account', account: { accountId: '5b:1', displayName: null } }),
  ]
  const csv = [...peopleLines(people)].join('')
  expect(csv).toContain(`"'=HYPERLINK(""x"")"`)
  const { choices, errors } = read(csv)
  expect(errors).toEqual([])
  expect([...choices].map(([key, { choice }]) => [key, choice])).toEqual([
    ['fred', { how: 'email' }],
    ['=mary', { how: 'placeholder' }],
    ['a,b', { how: 'account', accountId: '5b:1' }],
  ])
})

test('each wrong line is named by its number, and empty ones are passed over', () => {
  const { errors } = read(
    'How,KEY,account\nemail,fred,\n\nemail,fred,\nfly,=mary,\naccount,"a,b",\nemail,nobody,',
  )
  expect(errors).toEqual([
    { line: 4, text: 'The user "fred" stands in line 2 already.' },
    { line: 5, text: '"fly" is none of email, account, placeholder, leave.' },
    { line: 6, text: 'The column account must say which account.' },
    { line: 7, text: 'The source has no user with the key "nobody".' },
  ])
})

test('a table without the columns that count is refused', () => {
  expect(() => read('name,email\nFred,x')).toThrow('must name the columns key and how')
})
