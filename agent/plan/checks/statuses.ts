import { nameCheck } from './names-on-site.ts'

export const statuses = nameCheck({
  key: 'statuses',
  title: 'Statuses by name',
  part: 'statuses',
  table: 'status',
  one: 'status',
  many: 'statuses',
})
