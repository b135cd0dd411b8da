import type { PlanOptions } from '../shared/plan.ts'
import type { ChosenAccount, IssueOnSite } from '../shared/plan-options.ts'
import type { SiteReading } from './cloud/reading.ts'
import { collisionsOf, saysScope, scopeOf, sourceOf } from './ledger/drafts.ts'
import type { MigrationRow } from './ledger/migrations.ts'
import type { LedgerDb } from './ledger/open.ts'
import { choicesOf } from './ledger/people.ts'
import { createFileFinder } from './source/backup/attachment-files.ts'
import { liveFinder } from './source/datacenter/files.ts'

/** What a migration's setup says about how to plan it, without asking the site. */
export function optionsOf(migration: MigrationRow): PlanOptions {
  const { kind, path, attachments, timeZone } = sourceOf(migration)
  const { projects, ...scope } = scopeOf(migration)
  return {
    projects,
    timeZone,
    findFile:
      kind === 'datacenter' ? liveFinder(path) : attachments ? createFileFinder(attachments) : null,
    // The command line names projects only: its plan then holds what belongs to those.
    ...(saysScope(migration) ? { scope } : {}),
    collisions: collisionsOf(migration),
  }
}

/** All that the plan of a migration obeys: its setup, the accounts that people chose, and a look at the site. */
export async function planOptions(
  db: LedgerDb,
  migration: MigrationRow,
  read: SiteReading,
): Promise<PlanOptions> {
  const options = optionsOf(migration)
  return {
    ...options,
    choices: await chosenAccounts(db, migration.id, read),
    ...(options.scope?.attachments === 'only' ? { onSite: (keys) => onSite(read, keys) } : {}),
  }
}

/** An account may be gone since it was chosen: the site is asked, and its own name for it counts. */
async function chosenAccounts(
  db: LedgerDb,
  migrationId: string,
  read: SiteReading,
): Promise<Map<string, ChosenAccount>> {
  const rows = [...(await choicesOf(db, migrationId)).values()]
  const ids = rows.flatMap((row) => row.accountId ?? [])
  const found = new Map(
    (ids.length ? await read.accounts(ids) : []).map((one) => [one.accountId, one]),
  )
  return new Map(
    rows.map((row): [string, ChosenAccount] => {
      if (row.how !== 'account') return [row.userKey, { how: row.how }]
      const one = found.get(row.accountId ?? '')
      const account = one
        ? { accountId: one.accountId, displayName: one.displayName, email: one.email }
        : null
      return [row.userKey, { how: 'account', account }]
    }),
  )
}

async function onSite(
  read: SiteReading,
  keys: readonly string[],
): Promise<Map<string, IssueOnSite>> {
  const found = await read.issues(keys)
  return new Map(
    found.map((issue) => [
      issue.key,
      {
        summary: issue.summary,
        origin: issue.origin && { source: issue.origin.source, id: issue.origin.id },
        files: issue.attachments.map(({ filename, size }) => ({ filename, size })),
      },
    ]),
  )
}
