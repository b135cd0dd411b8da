import type { SiteComment, SiteIssue, SiteWorklog } from '../../cloud/reading.ts'
import { sourceIds } from '../../ledger/after-items.ts'
import { isFormer } from '../accounts.ts'
import { mentionsOf } from '../adf.ts'
import {
  type AfterCheck,
  type AfterContext,
  type AfterPlace,
  atIssue,
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
        const namings = page.issues.flatMap((issue) => ofIssue(page, issue))
        namings.push(...(await ofThreads(context, page)))
        for (const issue of page.issues)
          if (issue.watchCount > 0)
            for (const accountId of await context.read.watchers(issue.key))
              namings.push({ issue, accountId, as: 'Watcher', was: () => null })
        yield* find(namings)
      },
      async *ask() {
        const roles = await context.read.roles()
        for (const project of context.projects) {
          if ((await context.read.project(project.key)) === null) continue
          for (const role of roles) {
            const { accountIds } = await context.read.roleActors(project.key, role.id)
            const accounts = await context.accounts.look(accountIds)
            for (const accountId of accountIds) {
              if (!isFormer(accounts.get(accountId) ?? null)) continue
              const name = await nameOf(context, accountId)
              yield {
                subject: `${role.name} of ${project.key}`,
                projectKey: project.key,
                detail: `Role member: ${name ?? 'whoever it was'} at the source`,
                path: `/plugins/servlet/project-config/${project.key}/roles`,
              }
            }
          }
        }
      },
      say: (places) =>
        places
          ? warn(
              `Former User stands in ${plural(places, 'place', 'places')}: content that was not matched to a person.`,
              'Invite the person, or choose an account, and set it in these places; the list says who it was at the source.',
            )
          : fine('Nowhere in the moved projects does Former User stand.'),
    }
  },
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
  for (const doc of [issue.description, issue.environment])
    for (const { id } of mentionsOf(doc)) add(id, 'Mention in the issue', null)
  return found
}

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
  for (const { id } of mentionsOf(text)) add(id, `Mention in a ${as.toLowerCase()}`, () => null)
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
