/**
 * What a source held, in its own words: for verifying what another program migrated, whose ways around the
 * limits of the site are not ours. Times are ISO with offset; null = the source did not have it.
 */

/** accountId null: no account of the site is known for them, so that they are told by their name. */
export interface HeldPerson {
  name: string
  accountId: string | null
}

export interface HeldIssue {
  reporter: HeldPerson | null
  assignee: HeldPerson | null
  creator: HeldPerson | null
  created: string | null
  updated: string | null
  resolved: string | null
}

/** Of a comment, a worklog or a file. */
export interface HeldAuthor {
  author: HeldPerson | null
  created: string | null
}
