/** How people and names of the source become those of the site, as the plan decided it. */
import type { Kind } from './plan.ts'

/** Kinds of which each of the source becomes one that the site has or a new one. */
export const mappedKinds = [
  'user',
  'group',
  'issueType',
  'status',
  'priority',
  'resolution',
  'linkType',
  'customField',
  'role',
  'projectCategory',
  'filter',
  'dashboard',
] as const satisfies readonly Kind[]
export type MappedKind = (typeof mappedKinds)[number]

/**
 * Of people: email, choice: an account found by the address, or chosen by hand · text: no account, the name is
 * kept in texts. Of names: used: what the site has · renamed: new, under another name · new.
 * Of both: leftOut: does not arrive, or a person said so.
 */
export const mappingHows = ['choice', 'renamed', 'leftOut', 'text', 'new', 'used', 'email'] as const
export type MappingHow = (typeof mappingHows)[number]

export interface Mapping {
  kind: MappedKind
  sourceId: string
  name: string
  how: MappingHow
  /**
   * What it is on the site: the name, and the id of a person's account and of a filter or dashboard that is used;
   * null where nothing is.
   */
  siteName: string | null
  siteId: string | null
  /** Why it is left out, or what it does not keep; '' where there is nothing to say. */
  why: string
}
