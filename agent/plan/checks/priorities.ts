import { nameCheck } from './names-on-site.ts'

export const priorities = nameCheck({
  key: 'priorities',
  title: 'Priorities by name',
  part: 'priorities',
  table: 'priority',
  one: 'priority',
  many: 'priorities',
})
