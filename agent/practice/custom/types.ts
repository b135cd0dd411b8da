/** What keys of Jira's own field types and searchers begin with. */
export const own = 'com.atlassian.jira.plugin.system.customfieldtypes:'

/** How a value looks in requests and answers. */
export type Shape =
  | 'text'
  | 'rich text'
  | 'number'
  | 'date'
  | 'time'
  | 'address'
  | 'label'
  | 'option'
  | 'two options'
  | 'user'
  | 'group'
  | 'version'
  | 'project'

export interface CustomType {
  /** As the schema of a field names it. */
  schema: { type: string; items?: string }
  shape: Shape
  many: boolean
  searchers: string[]
}

const one = (type: string, shape: Shape, ...searchers: string[]): CustomType => ({
  schema: { type },
  shape,
  many: false,
  searchers,
})
const many = (items: string, shape: Shape, ...searchers: string[]): CustomType => ({
  schema: { type: 'array', items },
  shape,
  many: true,
  searchers,
})

/** The types that POST /field makes, with the searchers that the document lists for each. */
const types: Record<string, CustomType> = {
  cascadingselect: one('option-with-child', 'two options', 'cascadingselectsearcher'),
  datepicker: one('date', 'date', 'daterange'),
  datetime: one('datetime', 'time', 'datetimerange'),
  float: one('number', 'number', 'exactnumber', 'numberrange'),
  grouppicker: one('group', 'group', 'grouppickersearcher'),
  importid: one('number', 'number', 'exactnumber', 'numberrange'),
  labels: many('string', 'label', 'labelsearcher'),
  multicheckboxes: many('option', 'option', 'multiselectsearcher'),
  multigrouppicker: many('group', 'group', 'multiselectsearcher'),
  multiselect: many('option', 'option', 'multiselectsearcher'),
  multiuserpicker: many('user', 'user', 'userpickergroupsearcher'),
  multiversion: many('version', 'version', 'versionsearcher'),
  project: one('project', 'project', 'projectsearcher'),
  radiobuttons: one('option', 'option', 'multiselectsearcher'),
  readonlyfield: one('string', 'text', 'textsearcher'),
  select: one('option', 'option', 'multiselectsearcher'),
  textarea: one('string', 'rich text', 'textsearcher'),
  textfield: one('string', 'text', 'textsearcher'),
  url: one('string', 'address', 'exacttextsearcher'),
  userpicker: one('user', 'user', 'userpickergroupsearcher'),
  version: one('version', 'version', 'versionsearcher'),
}

/** The type of a full key; undefined for one that this site does not have. */
export function customType(key: string): CustomType | undefined {
  const name = key.startsWith(own) ? key.slice(own.length) : ''
  return Object.hasOwn(types, name) ? types[name] : undefined
}
export const hasOptions = ({ shape }: CustomType): boolean =>
  shape === 'option' || shape === 'two options'
