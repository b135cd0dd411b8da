import type { AdfDoc, Visibility } from '../../shared/plan.ts'
import type { SiteComment, SiteWorklog } from './reading.ts'
import type { Outcome, SiteWriting } from './writing.ts'

/** One change of one field in an issue's history; at in epoch ms. */
export interface SiteChange {
  id: string
  at: number
  accountId: string | null
  who: string | null
  /** The field's name and id as the site has them, in lower case. */
  fields: string[]
  from: string
  to: string
}

/** Who wrote something that hangs on an issue, and who changed it last; times in epoch ms. */
export interface Made {
  author: { accountId: string; displayName: string } | null
  created: number
  updateAuthor: { accountId: string; displayName: string } | null
  updated: number
}

/**
 * What putting one thing right needs of a site, beside reading and creating: its history, and edits and
 * removals of single things. A removal of what is gone already is done.
 */
export interface SiteMending
  extends Pick<
    SiteWriting,
    | 'createComment'
    | 'createWorklog'
    | 'attach'
    | 'createLink'
    | 'createRemoteLink'
    | 'addWatcher'
    | 'setParent'
  > {
  /** The account that writes. */
  me: string
  /** All changes since an issue was made, oldest first. */
  history(issueKey: string): Promise<SiteChange[]>
  comment(issueKey: string, id: string): Promise<(SiteComment & { made: Made }) | null>
  worklog(issueKey: string, id: string): Promise<(SiteWorklog & { made: Made }) | null>
  /** The account that made the issue, as the site says. */
  creator(issueKey: string): Promise<string | null>
  /** fields: as the edit endpoint takes them. */
  editIssue(issueKey: string, fields: Record<string, unknown>): Promise<Outcome>
  /** visibility is always said: one that is left out could show the text to more people. */
  editComment(
    issueKey: string,
    id: string,
    set: { body: AdfDoc; visibility: Visibility | null },
  ): Promise<Outcome>
  /** started: ISO with offset. */
  editWorklog(
    issueKey: string,
    id: string,
    set: {
      started: string
      timeSpentSeconds: number
      comment: AdfDoc | null
      visibility: Visibility | null
    },
  ): Promise<Outcome>
  removeComment(issueKey: string, id: string): Promise<Outcome>
  removeWorklog(issueKey: string, id: string): Promise<Outcome>
  removeAttachment(id: string): Promise<Outcome>
  removeLink(id: string): Promise<Outcome>
  removeRemoteLink(issueKey: string, globalId: string): Promise<Outcome>
  removeWatcher(issueKey: string, accountId: string): Promise<Outcome>
}
