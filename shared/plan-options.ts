import type { Collisions, Scope } from './setup.ts'

/** What a person decided in the setup, as the plan obeys it; all of it may be absent. */
export interface SetupOptions {
  /** What of the source moves, beside `projects`; absent = all of it. */
  scope?: Omit<Scope, 'projects'>
  /** What becomes of names that the site has, too; absent = what the site has is used. */
  collisions?: Collisions
  /** What people chose for users, by the user's key; all others are matched by e-mail address. */
  choices?: ReadonlyMap<string, ChosenAccount>
  /** What the site has under these issue keys (at most 100), asked only where files alone move. */
  onSite?: (keys: readonly string[]) => Promise<ReadonlyMap<string, IssueOnSite>>
}

/** account null: the site has no such account (any more). */
export type ChosenAccount =
  | {
      how: 'account'
      account: { accountId: string; displayName: string; email: string | null } | null
    }
  | { how: 'placeholder' | 'leave' }

/** As much of a site's issue as tells whether it is the source's one, and which files it has. */
export interface IssueOnSite {
  summary: string
  /** Of its origin property; null where it has none. */
  origin: { source: string; id: string } | null
  files: { filename: string; size: number }[]
}

/** Where the bytes of an attachment are, by its row: a file's path, or the address in a live source. */
export type FindFile = (row: {
  attachmentId: string
  filename: string
  /** As the source's row says it; a live source is believed. */
  size?: number | null
  projectOriginalKey: string
  projectKeys: string[]
  number: number
  issueKey: string
}) => { path: string; size: number } | null
