import type { SiteFacts } from '../../../shared/plan.ts'

/** A fresh site on which every person of the source has an account: what is announced then is the source's own. */
export function emptySite(emails: Iterable<string>): SiteFacts {
  const accounts: SiteFacts['accounts'] = {}
  for (const address of emails) {
    const email = address.toLowerCase()
    accounts[email] = { accountId: `check:${email}`, displayName: address, email: address }
  }
  return {
    url: 'https://check.invalid',
    cloudId: '',
    me: { accountId: 'check:me', displayName: 'You' },
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
