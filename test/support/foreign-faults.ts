import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { must } from '../../shared/assert.ts'
import type { ForeignWorld } from './foreign-migration.ts'

/** An issue of the site, as much of it as a fault needs. */
export interface SiteIssue {
  id: string
  key: string
  fields: {
    summary: string
    description: unknown
    assignee: { accountId: string } | null
    issuetype: { name: string; subtask: boolean }
    parent?: { key: string }
    labels: string[]
    fixVersions: unknown[]
    duedate: string | null
    comment: { comments: { id: string; body: unknown; visibility?: unknown }[] }
    worklog: { worklogs: { id: string }[] }
    attachment: { id: string; filename: string; size: number }[]
    issuelinks: {
      id: string
      type: { name: string }
      outwardIssue?: { key: string }
    }[]
    subtasks: unknown[]
    [custom: `customfield_${string}`]: unknown
  }
}

/** What a fault works with: the site, and issues that no other fault has. */
export interface Ground extends ForeignWorld {
  /** The folder of the practice site's state. */
  state: string
  take(fits: (issue: SiteIssue) => boolean): SiteIssue
  /** Any issue that stands alone. */
  plain(): SiteIssue
  random(): number
}

export interface Fault {
  name: string
  /** Only where the other program keeps who and when. */
  history?: true
  /** @returns what a verification has to report: "kind where field", '' of it "gone" or "stranger" */
  plant(ground: Ground): Promise<string>
}

const text = (words: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
})

/** Chance that is the same for the same seed: a linear congruential generator (Numerical Recipes). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Every issue of the site, given out once each, in an order by chance. */
export async function groundOf(world: ForeignWorld, state: string, seed: number): Promise<Ground> {
  const random = seeded(seed)
  const issues: SiteIssue[] = []
  for (let token: string | undefined; ; ) {
    const page = await world.site.ask<{ issues: SiteIssue[]; nextPageToken?: string }>(
      'POST',
      '/rest/api/3/search/jql',
      {
        jql: 'created > "1990-01-01" ORDER BY key ASC',
        maxResults: 100,
        fields: ['*all'],
        ...(token ? { nextPageToken: token } : {}),
      },
    )
    issues.push(...page.issues)
    token = page.nextPageToken
    if (!token) break
  }
  const used = new Set<string>()
  const take: Ground['take'] = (fits) => {
    const free = issues.filter((one) => !used.has(one.key) && !isOdd(one) && fits(one))
    const found = must(free[Math.floor(random() * free.length)], 'The source has such an issue.')
    for (const key of [found.key, ...neighbours(found)]) used.add(key)
    return found
  }
  return { ...world, state, take, random, plain: () => take(isPlain) }
}

/** The other ends of links, parents and sub-tasks: a fault there would be told here. */
const neighbours = ({ fields }: SiteIssue) => [
  ...fields.issuelinks.flatMap((link) => link.outwardIssue?.key ?? []),
  ...(fields.parent ? [fields.parent.key] : []),
]

/** The issue whose text no site can hold: it differs in every world. */
export const cutIssue = 'Full text of the framework contract with the partner banks'
const isOdd = ({ fields }: SiteIssue) => fields.summary === cutIssue

const customOf = ({ fields }: SiteIssue) =>
  Object.entries(fields).filter(([id, value]) => id.startsWith('customfield_') && value !== null)

/** Nothing else of the source is told by it: no end of a link, no parent and no child. */
const isPlain = ({ fields }: SiteIssue) =>
  !fields.issuelinks.length &&
  !fields.subtasks.length &&
  !fields.parent &&
  fields.issuetype.name !== 'Epic'

/** What goes with an issue when it goes. */
const isEmpty = (one: SiteIssue) =>
  isPlain(one) &&
  one.fields.issuetype.name !== 'Story' &&
  !one.fields.comment.comments.length &&
  !one.fields.attachment.length &&
  !one.fields.worklog.worklogs.length &&
  !customOf(one).length

const put = (ground: Ground, key: string, fields: Record<string, unknown>) =>
  ground.site.ask('PUT', `/rest/api/3/issue/${key}?notifyUsers=false`, { fields })

/** Changes of an issue by the API move its time of change: it is set back, as another program would leave it. */
async function edit(
  ground: Ground,
  issue: SiteIssue,
  fields: Record<string, unknown>,
): Promise<void> {
  await put(ground, issue.key, fields)
}

const former = (ground: Ground) => ground.site.door.account('Former user', 'former@user.invalid')
const other = (ground: Ground, not: string | undefined) =>
  must(
    [...ground.people.byName].find(([name, id]) => id !== not && name === 'amara')?.[1] ??
      [...ground.people.byKey.values()].find((id) => id !== not),
    'somebody else',
  )

/** One field of a plain issue, changed. */
const field = (name: string, told: string, value: (ground: Ground) => unknown): Fault => ({
  name: `${told} of an issue`,
  async plant(ground) {
    const issue = ground.plain()
    await edit(ground, issue, { [name]: value(ground) })
    return `issue ${issue.key} ${told}`
  },
})

const bySomebody = (one: SiteIssue) => isPlain(one) && one.fields.assignee !== null
const withComments = (n: number) => (one: SiteIssue) =>
  one.fields.comment.comments.length >= n &&
  one.fields.comment.comments.every((comment) => !comment.visibility)
const aComment = (ground: Ground, { key, fields }: SiteIssue) => {
  const all = fields.comment.comments
  const one = must(all[Math.floor(ground.random() * all.length)], 'a comment')
  return { id: one.id, path: `/rest/api/3/issue/${key}/comment/${one.id}`, body: one.body }
}

export const issueFaults: Fault[] = [
  field('summary', 'summary', () => 'Something else'),
  field('description', 'description', () => text('Overwritten by somebody')),
  field('labels', 'labels', () => ['planted']),
  field('duedate', 'due date', () => '1999-12-31'),
  {
    name: 'a text that did not arrive',
    async plant(ground) {
      const issue = ground.take((one) => isPlain(one) && one.fields.description !== null)
      await edit(ground, issue, { description: null })
      return `issue ${issue.key} description`
    },
  },
  {
    name: 'a wrong assignee',
    async plant(ground) {
      const issue = ground.take(bySomebody)
      const accountId = other(ground, issue.fields.assignee?.accountId)
      await edit(ground, issue, { assignee: { accountId } })
      return `issue ${issue.key} assignee`
    },
  },
  {
    name: 'a Former user as assignee',
    async plant(ground) {
      const issue = ground.take(bySomebody)
      await edit(ground, issue, { assignee: { accountId: former(ground) } })
      return `issue ${issue.key} assignee`
    },
  },
  {
    name: 'a Former user as reporter',
    async plant(ground) {
      const issue = ground.take(isPlain)
      await edit(ground, issue, { reporter: { accountId: former(ground) } })
      return `issue ${issue.key} reporter`
    },
  },
  {
    name: 'another status',
    async plant(ground) {
      const issue = ground.plain()
      const path = `/rest/api/3/issue/${issue.key}/transitions`
      const { transitions } = await ground.site.ask<{
        transitions: { id: string; looped: boolean }[]
      }>('GET', path)
      const way = transitions.find((one) => !one.looped)
      await ground.site.ask('POST', path, { transition: { id: way?.id } })
      return `issue ${issue.key} status`
    },
  },
  {
    name: 'an issue that is not there',
    async plant(ground) {
      const issue = ground.take(isEmpty)
      const path = `/rest/api/3/issue/${issue.key}`
      const { watchers } = await ground.site.ask<{ watchers: unknown[] }>('GET', `${path}/watchers`)
      await ground.site.ask('DELETE', path)
      return [`issue ${issue.key} gone`, ...watchers.map(() => `watcher ${issue.key} gone`)].join(
        ' + ',
      )
    },
  },
  {
    name: 'a value of a custom field',
    async plant(ground) {
      const issue = ground.take((one) => customOf(one).some(([, v]) => typeof v === 'number'))
      const [id] = must(
        customOf(issue).find(([, v]) => typeof v === 'number'),
        'a number',
      )
      await edit(ground, issue, { [id]: 99 })
      return `fieldValue ${issue.key} value`
    },
  },
  {
    name: 'a watcher who does not watch',
    async plant(ground) {
      const issue = ground.take(() => true)
      const path = `/rest/api/3/issue/${issue.key}/watchers`
      const { watchers } = await ground.site.ask<{ watchers: { accountId: string }[] }>('GET', path)
      const [one] = watchers
      if (!one) return ''
      await ground.site.ask('DELETE', `${path}?accountId=${encodeURIComponent(one.accountId)}`)
      return `watcher ${issue.key} gone`
    },
  },
  {
    name: 'a wrong time of creation',
    history: true,
    async plant(ground) {
      const issue = ground.plain()
      ground.site.door.issue(issue.id, { created: Date.UTC(2020, 1, 1) })
      return `issue ${issue.key} created`
    },
  },
  {
    name: 'a wrong creator',
    history: true,
    async plant(ground) {
      const issue = ground.plain()
      ground.site.door.issue(issue.id, { data: { creator: former(ground) } })
      return `issue ${issue.key} creator`
    },
  },
]

export const contentFaults: Fault[] = [
  {
    name: 'a comment that is not there',
    async plant(ground) {
      const issue = ground.take(withComments(2))
      await ground.site.ask('DELETE', aComment(ground, issue).path)
      return `comment ${issue.key} gone`
    },
  },
  {
    name: 'a comment with another text',
    async plant(ground) {
      const issue = ground.take(withComments(1))
      await ground.site.ask('PUT', aComment(ground, issue).path, { body: text('Rewritten') })
      return `comment ${issue.key} body`
    },
  },
  {
    name: 'a comment of which the end is missing',
    async plant(ground) {
      const issue = ground.take(
        (one) => withComments(2)(one) && JSON.stringify(one.fields.comment).length > 1500,
      )
      const { path, body } = aComment(ground, issue)
      const words = JSON.stringify(body).match(/"text":"([^"]{12,})"/)?.[1] ?? 'Half of it'
      await ground.site.ask('PUT', path, { body: text(words.slice(0, words.length - 6)) })
      return `comment ${issue.key} body`
    },
  },
  {
    name: 'a comment that the source does not have',
    async plant(ground) {
      const issue = ground.take(withComments(1))
      await ground.site.ask('POST', `/rest/api/3/issue/${issue.key}/comment`, {
        body: text('Nobody at the source ever said this sentence'),
      })
      return `comment ${issue.key} stranger`
    },
  },
  {
    name: 'a restricted comment that all can see',
    async plant(ground) {
      const issue = ground.take((one) =>
        one.fields.comment.comments.some((comment) => comment.visibility),
      )
      const one = must(
        issue.fields.comment.comments.find((comment) => comment.visibility),
        'a restricted one',
      )
      ground.site.door.thing('comment', one.id, { visibility: null })
      return `comment ${issue.key} restricted to`
    },
  },
  {
    name: 'a comment of a Former user',
    history: true,
    async plant(ground) {
      const issue = ground.take(withComments(1))
      ground.site.door.thing('comment', aComment(ground, issue).id, { author: former(ground) })
      return `comment ${issue.key} author`
    },
  },
  {
    name: 'work that is not there',
    async plant(ground) {
      const issue = ground.take((one) => one.fields.worklog.worklogs.length > 0)
      const id = issue.fields.worklog.worklogs[0]?.id
      const path = `/rest/api/3/issue/${issue.key}/worklog/${id}?adjustEstimate=leave`
      await ground.site.ask('DELETE', path)
      return `worklog ${issue.key} gone`
    },
  },
  {
    name: 'work of another length',
    async plant(ground) {
      const issue = ground.take((one) => one.fields.worklog.worklogs.length > 0)
      const id = must(issue.fields.worklog.worklogs[0], 'a worklog').id
      ground.site.door.thing('worklog', id, { timeSpentSeconds: 86_400 })
      return `worklog ${issue.key} started and minutes spent`
    },
  },
  {
    name: 'a file that is not there',
    async plant(ground) {
      const issue = ground.take((one) => one.fields.attachment.length > 0)
      await ground.site.ask('DELETE', `/rest/api/3/attachment/${issue.fields.attachment[0]?.id}`)
      return `attachment ${issue.key} gone`
    },
  },
  {
    name: 'a file with another content of the same size',
    async plant(ground) {
      const issue = ground.take((one) => one.fields.attachment.length === 1)
      const [file] = issue.fields.attachment
      const bytes = Buffer.alloc(must(file, 'a file').size, 'x')
      const { id } = await ground.site.upload(issue.key, file?.filename ?? '', bytes, 'text/plain')
      // The one of the source keeps its id and gets the other's bytes.
      ground.site.door.run(
        `update thing set data = json_set(data, '$.file',
          (select json_extract(other.data, '$.file') from thing other where other.kind = 'attachment' and other.id = ?))
          where kind = 'attachment' and id = ?`,
        Number(id),
        Number(file?.id),
      )
      ground.site.door.run("delete from thing where kind = 'attachment' and id = ?", Number(id))
      return `attachment ${issue.key} content (SHA-256)`
    },
  },
  {
    name: 'a file that cannot be opened',
    async plant(ground) {
      const issue = ground.take((one) => one.fields.attachment.length > 0)
      const id = Number(issue.fields.attachment[0]?.id)
      ground.site.door.run(
        "update thing set data = json_set(data, '$.file', 'lost') where kind = 'attachment' and id = ?",
        id,
      )
      rmSync(join(ground.state, 'files', 'lost'), { force: true })
      return `attachment ${issue.key} content (SHA-256)`
    },
  },
  {
    name: 'a file that the source does not have',
    async plant(ground) {
      const issue = ground.take(isPlain)
      await ground.site.upload(issue.key, 'stranger.txt', Buffer.from('new'), 'text/plain')
      return `attachment ${issue.key} stranger`
    },
  },
  {
    name: 'a web link that leads elsewhere',
    async plant(ground) {
      const row = must(ground.source.rows('RemoteIssueLink')[0], 'a web link')
      const id = ground.ids.get('jira:issue')?.get(row.issueid ?? '')
      const { key } = await ground.site.ask<{ key: string }>('GET', `/rest/api/3/issue/${id}`)
      await ground.site.ask('POST', `/rest/api/3/issue/${id}/remotelink`, {
        globalId: row.globalid,
        relationship: row.relationship,
        object: { title: row.title, url: 'https://elsewhere.example/' },
      })
      return `remoteLink ${key} url`
    },
  },
]
