import { nameCheck } from './names-on-site.ts'

export const resolutions = nameCheck({
  key: 'resolutions',
  title: 'Resolutions by name',
  part: 'resolutions',
  table: 'resolution',
  one: 'resolution',
  many: 'resolutions',
})
