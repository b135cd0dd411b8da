import { nameCheck } from './names-on-site.ts'

export const linkTypes = nameCheck({
  key: 'link-types',
  title: 'Link types by name',
  part: 'linkTypes',
  table: 'linkType',
  one: 'link type',
  many: 'link types',
})
