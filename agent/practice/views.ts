import type { Account, Category, Thing, Things, Visibility } from './kinds.ts'
import { type Call, stamp } from './site.ts'
import type { Store } from './store.ts'

/** How the site shows what it holds, in the shapes of the official documents. */

export function account(store: Store, accountId: string): Account | undefined {
  const row = store.row('SELECT data FROM account WHERE accountId = ?', accountId)
  return row && (JSON.parse(String(row.data)) as Account)
}

export function userView(call: Call, accountId: string) {
  const found = account(call.store, accountId)
  const avatar = `${call.base}/images/avatars/${encodeURIComponent(accountId)}.png`
  return {
    self: `${call.base}/rest/api/3/user?accountId=${encodeURIComponent(accountId)}`,
    accountId,
    accountType: 'atlassian',
    emailAddress: found?.email ?? '',
    avatarUrls: { '48x48': avatar, '24x24': avatar, '16x16': avatar, '32x32': avatar },
    displayName: found?.displayName ?? 'Former user',
    active: found?.active ?? false,
    timeZone: 'Etc/UTC',
  }
}
export const userOrNull = (call: Call, accountId: string | null) =>
  accountId === null ? null : userView(call, accountId)

export function issueTypeView(call: Call, { id, data }: Thing<'issueType'>) {
  return {
    self: `${call.base}/rest/api/3/issuetype/${id}`,
    id: String(id),
    description: data.description,
    iconUrl: `${call.base}/images/icons/issuetypes/${id}.svg`,
    name: data.name,
    subtask: data.hierarchyLevel < 0,
    avatarId: 10_300,
    hierarchyLevel: data.hierarchyLevel,
  }
}

const categories: Record<Category, { id: number; key: string; colorName: string; name: string }> = {
  TODO: { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  IN_PROGRESS: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  DONE: { id: 3, key: 'done', colorName: 'green', name: 'Done' },
}
export const categoryIds = Object.keys(categories) as Category[]

export function categoryView(call: Call, category: Category) {
  const of = categories[category]
  return { self: `${call.base}/rest/api/3/statuscategory/${of.id}`, ...of }
}
export function statusView(call: Call, { id, data }: Thing<'status'>) {
  return {
    self: `${call.base}/rest/api/3/status/${id}`,
    description: data.description,
    iconUrl: `${call.base}/images/icons/statuses/generic.png`,
    name: data.name,
    id: String(id),
    statusCategory: categoryView(call, data.category),
  }
}
export function priorityView(call: Call, { id, data }: Thing<'priority'>) {
  return {
    self: `${call.base}/rest/api/3/priority/${id}`,
    statusColor: data.color,
    description: data.description,
    iconUrl: data.iconUrl.startsWith('/') ? `${call.base}${data.iconUrl}` : data.iconUrl,
    name: data.name,
    id: String(id),
  }
}
export function resolutionView(call: Call, { id, data }: Thing<'resolution'>) {
  return {
    self: `${call.base}/rest/api/3/resolution/${id}`,
    id: String(id),
    description: data.description,
    name: data.name,
  }
}
export function linkTypeView(call: Call, { id, data }: Thing<'linkType'>) {
  return {
    id: String(id),
    name: data.name,
    inward: data.inward,
    outward: data.outward,
    self: `${call.base}/rest/api/3/issueLinkType/${id}`,
  }
}
export function projectIdentity(call: Call, { id, data }: Thing<'project'>) {
  const avatar = `${call.base}/rest/api/3/universal_avatar/view/type/project/avatar/10400`
  return {
    self: `${call.base}/rest/api/3/project/${id}`,
    id: String(id),
    key: data.key,
    name: data.name,
    projectTypeKey: data.projectTypeKey,
    simplified: false,
    avatarUrls: { '48x48': avatar, '24x24': avatar, '16x16': avatar, '32x32': avatar },
  }
}
/** A component as it stands in an issue. */
export const componentIdentity = (call: Call, { id, data }: Thing<'component'>) => ({
  self: `${call.base}/rest/api/3/component/${id}`,
  id: String(id),
  name: data.name,
  description: data.description,
})
/** A version as it stands in an issue. */
export const versionIdentity = (call: Call, { id, data }: Thing<'version'>) => ({
  self: `${call.base}/rest/api/3/version/${id}`,
  id: String(id),
  description: data.description,
  name: data.name,
  archived: data.archived,
  released: data.released,
  ...(data.releaseDate === null ? {} : { releaseDate: data.releaseDate }),
})

export const visibilityView = (visibility: Visibility | null) =>
  visibility === null ? {} : { visibility }

/** Nobody (an anonymous author) is left out, as Jira does. */
const authorOf = (call: Call, accountId: string | null) =>
  accountId === null ? {} : { author: userView(call, accountId) }

export function commentView(call: Call, comment: Thing<'comment'>) {
  const { id, owner, data } = comment
  return {
    self: `${call.base}/rest/api/3/issue/${owner}/comment/${id}`,
    id: String(id),
    ...authorOf(call, data.author),
    body: data.body,
    updateAuthor: userView(call, data.updateAuthor),
    created: stamp(data.created),
    updated: stamp(data.updated),
    ...visibilityView(data.visibility),
    jsdPublic: true,
  }
}

export function worklogView(call: Call, worklog: Thing<'worklog'>) {
  const { id, owner, data } = worklog
  return {
    self: `${call.base}/rest/api/3/issue/${owner}/worklog/${id}`,
    ...authorOf(call, data.author),
    updateAuthor: userView(call, data.updateAuthor),
    ...(data.comment === null ? {} : { comment: data.comment }),
    created: stamp(data.created),
    updated: stamp(data.updated),
    ...visibilityView(data.visibility),
    started: stamp(data.started),
    timeSpent: pretty(data.timeSpentSeconds),
    timeSpentSeconds: data.timeSpentSeconds,
    id: String(id),
    issueId: String(owner),
  }
}

export function attachmentView(call: Call, { id, data }: Thing<'attachment'>) {
  return {
    self: `${call.base}/rest/api/3/attachment/${id}`,
    id: String(id),
    filename: data.filename,
    ...authorOf(call, data.author),
    created: stamp(data.created),
    size: data.size,
    mimeType: data.mimeType,
    content: `${call.base}/rest/api/3/attachment/content/${id}`,
  }
}

export function changeView(call: Call, { id, data }: Thing<'change'>) {
  return {
    id: String(id),
    author: userView(call, data.author),
    created: stamp(data.created),
    items: data.items.map((item) => ({
      field: item.field,
      fieldtype: 'jira',
      fieldId: item.field,
      from: item.from,
      fromString: item.fromString,
      to: item.to,
      toString: item.toText,
    })),
  }
}

const units: [string, number][] = [
  ['w', 5 * 8 * 3600],
  ['d', 8 * 3600],
  ['h', 3600],
  ['m', 60],
]
/** Seconds as Jira shows them, in weeks of five days of eight hours: "1w 2d 3h". */
export function pretty(seconds: number): string {
  let left = seconds
  const parts = units.flatMap(([unit, size]) => {
    const count = Math.floor(left / size)
    left -= count * size
    return count > 0 ? [`${count}${unit}`] : []
  })
  return parts.join(' ') || '0m'
}
/** Reads "1w 2d 3h 4m", or a number of minutes; null when it is neither. */
export function seconds(value: string): number | null {
  const given = value.trim()
  if (/^\d+$/.test(given)) return Number(given) * 60
  if (!/^(\d+(\.\d+)?\s*[wdhm]\s*)+$/.test(given)) return null
  let sum = 0
  for (const [, count, unit] of given.matchAll(/(\d+(?:\.\d+)?)\s*([wdhm])/g))
    sum += Number(count) * (units.find(([name]) => name === unit)?.[1] ?? 0)
  return Math.round(sum)
}

export type ScreenName = 'create' | 'edit' | 'view'
/** The fields of the screen that a project shows for an issue type and operation. */
export function screenFields(
  store: Store,
  project: Things['project'],
  typeId: number,
  screen: ScreenName,
): Set<string> {
  const scheme = store.get('issueTypeScreenScheme', project.issueTypeScreenSchemeId)
  const mappings = scheme?.data.mappings ?? []
  const of = (type: string) => mappings.find((each) => each.issueTypeId === type)?.screenSchemeId
  const screens = store.get('screenScheme', of(String(typeId)) ?? of('default') ?? '')?.data.screens
  const id = screens?.[screen] ?? screens?.default ?? 0
  return new Set(store.get('screen', id)?.data.tabs.flatMap((tab) => tab.fields))
}
