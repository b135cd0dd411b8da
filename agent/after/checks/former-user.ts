import type { SiteComment, SiteIssue, SiteWorklog } from '../../cloud/reading.ts'
import { sourceIds } from '../../ledger/after-items.ts'
import { isFormer } from '../accounts.ts'
import { mentionsOf } from '../adf.ts'
import {
  type AfterCheck,
  type AfterContext,
  type AfterPlace,
  atIssue,
  brief,
  fine,
  type IssuePage,
  plural,
  warn,
} from '../check.ts'

/** One place where the site names a person. was: the user key that the source has in this very place. */
interface Naming {
  issue: SiteIssue
  accountId: string
  as: string
  was: () => string | null | Promise<string | null>
}

/** Wherever the site shows "Former user": in issues, comments, worklogs, files, mentions, watchers and roles. */
export const formerUser: AfterCheck = {
  key: 'former-user',
  group: 'people',
  title: 'Former User',
  open(context) {
    const names = sourceNames(context)
    let withoutFields = false

    async function* find(namings: Naming[]): AsyncGenerator<AfterPlace> {
      const accounts = await context.accounts.look(namings.map((one) => one.accountId))
      for (const { issue, accountId, as, was } of namings) {
        if (!isFormer(accounts.get(accountId) ?? null)) continue
        const name = names.of(await was()) ?? (await nameOf(context, accountId))
        yield atIssue(
          issue.key,
          name
            ? `${as}: ${name} at the source`
            : `${as}: whoever it was, the source has nobody here`,
        )
      }
    }

    return {
      async *see(page) {
        withoutFields ||= page.personFields === null
        const namings = page.issues.flatMap((issue) => ofIssue(page, issue))
        namings.push(...(await ofThreads(context, page)))
        for (const issue of page.issues)
          if (issue.watchCount > 0)
            for (const accountId of await context.read.watchers(issue.key))
              namings.push({ issue, accountId, as: 'Watcher', was: () => null })
        yield* find(namings)
      },
      async *ask() {
        for (const project of context.projects) yield* inProject(context, project.key)
      },
      say(places) {
        const rest = withoutFields
          ? ' Custom fields of people were not looked at: this account may not list fields.'
          : ''
        return places
          ? warn(
              `Former User stands in ${plural(places, 'place', 'places')}: content that was not matched to a person.${rest}`,
              'Invite the person, or choose an account, and set it in these places; the list says who it was at the source.',
            )
          : fine(`Nowhere in the moved projects does Former User stand.${rest}`)
      },
    }
  },
}

/** The lead of a project, those of its components, and the members of its roles. */
async function* inProject(context: AfterContext, key: string): AsyncGenerator<AfterPlace> {
  const { read, accounts } = context
  const project = await read.project(key)
  if (project === null) return
  const found: { as: string; accountId: string | null; page: string }[] = [
    { as: `Lead of ${key}`, accountId: project.leadAccountId, page: 'details' },
  ]
  for (const { name, leadAccountId } of await read.components(key))
    found.push({ as: `Lead of ${name} in ${key}`, accountId: leadAccountId, page: 'components' })
  for (const role of await read.roles()) {
    const { accountIds } = await read.roleActors(key, role.id)
    for (const accountId of accountIds)
      found.push({ as: `${role.name} of ${key}`, accountId, page: 'roles' })
  }
  const known = await accounts.look(found.map((one) => one.accountId))
  for (const { as, accountId, page } of found) {
    if (accountId === null || !isFormer(known.get(accountId) ?? null)) continue
    const name = await nameOf(context, accountId)
    yield {
      subject: as,
      projectKey: key,
      detail: `${name ?? 'Whoever it was'} at the source`,
      path: `/plugins/servlet/project-config/${key}/${page}`,
    }
  }
}

type Add = (accountId: string | null, as: string, was: Naming['was']) => void

function ofIssue(page: IssuePage, issue: SiteIssue): Naming[] {
  const row = page.source(issue.key)
  const found: Naming[] = []
  const add = (accountId: string | null, as: string, was: string | null | undefined) => {
    if (accountId !== null) found.push({ issue, accountId, as, was: () => was ?? null })
  }
  add(issue.reporterAccountId, 'Reporter', row?.reporter)
  add(issue.assigneeAccountId, 'Assignee', row?.assignee)
  for (const { id, name } of page.personFields ?? [])
    for (const { value } of issue.custom[id] ?? [])
      if (typeof value === 'string') add(value, `Field ${name}`, null)
  for (const doc of [issue.description, issue.environment])
    for (const { id, text } of mentionsOf(doc)) add(id, mentioned(text, 'the issue'), null)
  return found
}

/** A mention may still carry the name that it was written with. */
const mentioned = (words: string, where: string) =>
  /^(former user)?$/i.test(words.trim())
    ? `Mention in ${where}`
    : `Mention of ${brief(words, 80)} in ${where}`

/** Who the site says wrote comments, worklogs and files; the ledger knows which of the source's they are. */
async function ofThreads(context: AfterContext, page: IssuePage): Promise<Naming[]> {
  const found: Naming[] = []
  const { db, migrationId, snapshot } = context
  for (const issue of page.issues) {
    const comments = await page.comments(issue)
    const worklogs = await page.worklogs(issue)
    if (!comments.length && !worklogs.length && !issue.attachments.length) continue
    const row = page.source(issue.key)
    // Asked for only where somebody is gone.
    const author = (table: 'comment' | 'worklog' | 'attachment', siteId: string) => async () => {
      const sourceId = (await sourceIds(db, migrationId, issue.key)).get(`${table} ${siteId}`)
      if (!row || sourceId === undefined) return null
      return snapshot.ofIssues(table, [row.id]).find(({ id }) => id === sourceId)?.author ?? null
    }
    const add: Add = (accountId, as, was) => {
      if (accountId !== null) found.push({ issue, accountId, as, was })
    }
    for (const one of comments) thread(one, 'Comment', one.body, author('comment', one.id), add)
    for (const one of worklogs) thread(one, 'Worklog', one.comment, author('worklog', one.id), add)
    for (const file of issue.attachments)
      add(file.authorAccountId, `File ${file.filename}`, author('attachment', file.id))
  }
  return found
}

function thread(
  one: SiteComment | SiteWorklog,
  as: string,
  text: Parameters<typeof mentionsOf>[0],
  was: Naming['was'],
  add: Add,
): void {
  add(one.authorAccountId, `Author of a ${as.toLowerCase()}`, was)
  for (const { id, text: words } of mentionsOf(text))
    add(id, mentioned(words, `a ${as.toLowerCase()}`), () => null)
}

/** The name of the user of the source that this account stood for. */
async function nameOf({ accounts }: AfterContext, accountId: string): Promise<string | null> {
  const people = await accounts.of(accountId)
  return people.length ? people.map(({ name }) => name).join(' or ') : null
}

/** Names of users of the source by key or, in old sources, by username; read when the first is wanted. */
function sourceNames({ snapshot }: AfterContext) {
  let names: Map<string, string> | null = null
  return {
    of(reference: string | null): string | null {
      if (reference === null || reference === '') return null
      if (!names) {
        names = new Map()
        for (const { key, name, displayName } of snapshot.rows('user'))
          names.set(key, displayName?.trim() || name || key)
      }
      return names.get(reference) ?? reference
    },
  }
}
