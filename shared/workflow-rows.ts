/** Rows of a snapshot about workflows; what null and '' mean is said in record.ts. */

/**
 * What a workflow has beside its statuses, in numbers. A workflow without a row is the one that Jira brings
 * itself ("jira"), which stands in no backup.
 */
export interface WorkflowRow {
  name: string
  /** Without the one that creates issues. */
  transitions: number
  /** Of these, those that only some of its statuses have. */
  limited: number
  /** Of these, those that show a screen. */
  screens: number
  conditions: number
  validators: number
  /** Post functions beside those that Jira puts on every transition. */
  functions: number
}
/**
 * limited: a transition that only some statuses have · screen: one that shows a screen · the others stand on a
 * transition, or in a status itself. The numbers of a workflow count these rows.
 */
export const workflowParts = ['limited', 'screen', 'condition', 'validator', 'function'] as const
export type WorkflowPart = (typeof workflowParts)[number]

/** One thing that an admin built into a workflow. */
export interface WorkflowPartRow {
  workflow: string
  part: WorkflowPart
  /** The transition by its name; in a status itself, the status. */
  place: string
  /** The class or the module of what stands there, the screen, or the statuses that have it; null where none is told. */
  what: string | null
}
/** Which workflow a workflow scheme gives to which issue type; "0" or null = to all others. */
export interface WorkflowUseRow {
  id: string
  schemeId: string
  workflow: string
  issueTypeId: string | null
}
