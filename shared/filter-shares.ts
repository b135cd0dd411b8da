/** With whom a filter is shared on the site, by names that both sides know. */
export type FilterShare =
  | { to: 'everyone' }
  | { to: 'group'; group: string }
  | { to: 'project'; projectKey: string }
  | { to: 'role'; projectKey: string; role: string }
  | { to: 'user'; accountId: string }

/**
 * A filter or dashboard of the site that stands for one of the source, because a person chose so: as it was
 * when this was planned. It is read back and never written.
 */
export interface Kept {
  id: string
  /** The account of its owner on the site; null where the site does not tell. */
  ownerAccountId: string | null
  shares: SiteShare[]
  editors: SiteShare[]
}

/** What the plan promises of a filter. */
export interface FilterPromise {
  name: string
  description: string
  /** {{filter:ID}} and {{customField:ID}} stand for the site's id of that item of the source. */
  jql: string
  /** Absent in plans of before they moved: it arrived private. */
  shares?: FilterShare[]
  /** Who may change it, beside its owner on the site. */
  editors?: FilterShare[]
  /** The account of its owner at the source. */
  owner?: string | null
  /** Set where the site's own filter is used: name, description and JQL are then that one's. */
  kept?: Kept
}

/** What a site may hold beside that: anyone on the web, or what this account cannot see. */
export type SiteShare = FilterShare | { to: 'anyone' } | { to: 'unknown'; type: string }

/** A share in words; two shares are the same when these are. */
export function shareWords(share: SiteShare): string {
  switch (share.to) {
    case 'anyone':
      return 'anyone on the web'
    case 'everyone':
      return 'all logged-in users'
    case 'group':
      return `the group ${share.group}`
    case 'project':
      return `the project ${share.projectKey}`
    case 'role':
      return `the role ${share.role} in ${share.projectKey}`
    case 'user':
      return `the account ${share.accountId}`
    case 'unknown':
      return `a share of type ${share.type}`
  }
}

/** All of them in a fixed order, each once: sets of shares are equal when these texts are. */
export const sharesInWords = (shares: readonly SiteShare[]): string =>
  [...new Set(shares.map(shareWords))].sort().join(', ')
