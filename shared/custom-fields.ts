import type { Reusable } from './frame.ts'
import type { AdfDoc } from './plan.ts'

/** What the keys of Jira's own custom field types begin with, at the source and on the site. */
export const ownFieldTypes = 'com.atlassian.jira.plugin.system.customfieldtypes:'

/** The custom field types that both sides have: the end of their keys (API document, POST /field). */
export const fieldTypes = [
  'cascadingselect',
  'datepicker',
  'datetime',
  'float',
  'grouppicker',
  'importid',
  'labels',
  'multicheckboxes',
  'multigrouppicker',
  'multiselect',
  'multiuserpicker',
  'multiversion',
  'project',
  'radiobuttons',
  'readonlyfield',
  'select',
  'textarea',
  'textfield',
  'url',
  'userpicker',
  'version',
] as const
export type FieldType = (typeof fieldTypes)[number]

/** The types whose fields hold several values; each of those is a row, and an item, of its own. */
export const manyValued: ReadonlySet<FieldType> = new Set<FieldType>([
  'labels',
  'multicheckboxes',
  'multigrouppicker',
  'multiselect',
  'multiuserpicker',
  'multiversion',
])
/** The types whose values are chosen from a list of the field's own. */
export const optionTypes: ReadonlySet<FieldType> = new Set<FieldType>([
  'cascadingselect',
  'multicheckboxes',
  'multiselect',
  'radiobuttons',
  'select',
])

/** An option by its text, and the text of the option it stands under in a list of two levels. */
export interface FieldOption {
  value: string
  parent: string | null
}

/**
 * One value of a custom field, the same for the plan's promise, the request and what is read back:
 * a text, an option's text, an account id, a group's or version's name, a project's key, a day
 * (2013-07-08), a time (ISO with offset), a number, or a document. parent: see FieldOption.
 */
export interface FieldPart {
  value: string | number | AdfDoc
  parent: string | null
}

/** A custom field as it is to be on the site. */
export interface FieldPromise extends Reusable {
  description: string
  type: FieldType
  /** Parents before what stands under them. */
  options: FieldOption[]
  /** The projects that are to have it. */
  projectKeys: string[]
  /** The name of the screen that it is to stand on, since only what is on a screen can be set. */
  screen: string
}

/** One value in one issue; field is the source's id of the custom field. */
export interface ValuePromise extends FieldPart {
  issueKey: string
  field: string
  type: FieldType
  /** Set where the value is a sprint, by the source's id: it moves with its board, whatever the type says. */
  sprint?: string
}

/** A custom field that the site has; type is the whole key, and the site's apps lock theirs. */
export interface SiteField {
  id: string
  name: string
  type: string
  description: string
  locked: boolean
}
