import type { SiteFacts } from '../../../shared/plan.ts'
import type { SnapshotReader } from '../../../shared/record.ts'

/** A fresh site on which every person of the source has an account: what is announced then is the source's own. */
export function emptySite(snapshot: SnapshotReader): SiteFacts {
  const accounts: SiteFacts['accounts'] = {}
  for (const user of snapshot.rows('user')) {
    const email = user.email?.trim().toLowerCase()
    if (!email || user.deleted || accounts[email]) continue
    const displayName = user.displayName?.trim() || user.name || user.key
    accounts[email] = { accountId: `check:${email}`, displayName, email }
  }
  return {
    url: 'https://check.invalid',
    cloudId: '',
    me: { accountId: 'check:me', displayName: 'the account of the token' },
    accounts,
    issueTypes: [],
    statuses: [],
    priorities: [],
    resolutions: [],
    linkTypes: [],
    projects: [],
    roles: [],
    groups: [],
    // Jira Cloud's default limit for one file; the site's own is asked before a real plan.
    uploadLimit: 1024 ** 3,
  }
}
