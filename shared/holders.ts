/** Who holds a permission or is in a security level, in the words of the site's API (PermissionHolder). */
export interface Holder {
  type: HolderType
  /**
   * group: its name · projectRole: the role's id · user: the user's key (source) or account id (site) ·
   * userCustomField, groupCustomField: "customfield_10000" · applicationRole: its key, null = any ·
   * else null. Ids are those of the side that the holder was read from.
   */
  parameter: string | null
}

export const holderTypes = [
  'anyone',
  'applicationRole',
  'group',
  'projectRole',
  'user',
  'reporter',
  'assignee',
  'projectLead',
  'userCustomField',
  'groupCustomField',
  'sd.customer.portal.only',
] as const
/** Anything else that a source or a site says stays its own word, and is equal to nothing of ours. */
export type HolderType = (typeof holderTypes)[number] | (string & {})

const words: Readonly<Record<string, HolderType>> = {
  projectrole: 'projectRole',
  lead: 'projectLead',
  userCF: 'userCustomField',
  groupCF: 'groupCustomField',
}

/** A holder as a row of the snapshot has it (permissionGrant, securityMember): a group without a name is anyone. */
export function sourceHolder(row: { holder: string; parameter: string | null }): Holder {
  const parameter = row.parameter || null
  if (row.holder === 'group' && parameter === null) return { type: 'anyone', parameter: null }
  return { type: words[row.holder] ?? row.holder, parameter }
}
