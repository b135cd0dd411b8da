import { nameCheck } from './names-on-site.ts'

export const issueTypes = nameCheck({
  key: 'issue-types',
  title: 'Issue types by name',
  part: 'types',
  table: 'issueType',
  one: 'issue type',
  many: 'issue types',
})
