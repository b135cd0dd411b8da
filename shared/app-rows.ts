import type { AppDecision } from './api-apps.ts'

/** The rows of a snapshot that tell of apps; see record.ts for what null and times mean. */

/** An app that was installed: every plugin of the server, Jira's own parts too. */
export interface PluginRow {
  key: string
  name: string
  version: string | null
}
/** A table that an app keeps of its own (Active Objects); bytes: of its rows as they stand in the source. */
export interface AppTableRow {
  name: string
  rows: number
  bytes: number
}
/**
 * A place that names an app. workflow: subject = its name, reference = the class of a condition, validator or
 * function, or its module key. gadget: subject = the dashboard's id, reference = the gadget's address or module key.
 */
export interface AppUseRow {
  kind: 'workflow' | 'gadget'
  subject: string
  reference: string
}
/** Properties of users name them by this id, everything else by key. */
export interface UserIdRow {
  id: string
  key: string
}

/** An app that left data in the source, and what was decided about it; null = nothing yet. */
export interface AppToDecide {
  key: string
  name: string
  /** What it left, as a sentence. */
  holds: string
  decision: AppDecision | null
}
