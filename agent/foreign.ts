import { sql } from 'kysely'
import type { PlanOptions } from '../shared/plan.ts'
import type { ChosenAccount, SetupOptions } from '../shared/plan-options.ts'
import type { SnapshotReader } from '../shared/record.ts'
import type { SiteReading } from './cloud/reading.ts'
import { sourceOf } from './ledger/drafts.ts'
import { allMapped } from './ledger/id-mappings.ts'
import { changeMigration, getMigration } from './ledger/migrations.ts'
import type { LedgerDb } from './ledger/open.ts'
import { changeVerification, verificationOf } from './ledger/verification.ts'
import type { Line } from './line.ts'
import { readMappings } from './mappings.ts'
import { verifyForeign } from './verify/foreign/verify.ts'
import type { VerifyContext } from './verify/judge.ts'

/** What a verification has to know before it plans: who filled the site, and the ids that were given. */
export async function beforeVerifying(
  line: Line,
  snapshot: SnapshotReader,
  read: SiteReading,
): Promise<Pick<PlanOptions, 'held' | 'choices'>> {
  const { db } = line.parts.ledger
  const held = await isForeign(db, line.id, snapshot, read)
  if (!held) return {}
  await takeMappings(line)
  return { held, choices: await mappedPeople(db, line.id, snapshot, read) }
}

/** Verifies a site that another program filled. @returns false where a migration of ours did */
export async function verifySite(
  line: Line,
  ctx: VerifyContext,
  snapshot: SnapshotReader,
): Promise<boolean> {
  if (!(await isForeign(ctx.db, line.id, snapshot, ctx.read))) return false
  const info = snapshot.info()
  const { timeZone } = sourceOf(await getMigration(ctx.db, line.id))
  await verifyForeign(ctx, {
    info: timeZone === null ? info : { ...info, timeZoneFrom: 'user' },
    timeZone: timeZone ?? info.timeZone,
    me: await ctx.read.myAccountId(),
    next: () => line.control.clear(),
    say: (sentence) => line.say('verify', sentence),
    tell: (sentence) => changeMigration(ctx.db, line.id, line.parts.now(), { sentence }),
  })
  return true
}

/** So many issues tell who filled the site: its first ones of each project, a request's worth. */
const probed = 100

/**
 * Whether a site was filled by another program than ours: fewer than half of some issues that it has carry
 * our mark of this source. It is asked once for a verification, since the plan depends on it.
 */
async function isForeign(
  db: LedgerDb,
  migrationId: string,
  snapshot: SnapshotReader,
  read: SiteReading,
): Promise<boolean> {
  const known = (await verificationOf(db, migrationId)).foreign
  if (known !== null) return known === 1
  const projects = [...snapshot.rows('project')]
  const each = Math.max(1, Math.floor(probed / Math.max(1, projects.length)))
  const keys = projects
    .slice(0, probed)
    .flatMap(({ id }) => snapshot.issues(id, 0, each).map((row) => row.key))
  const there = await read.issues(keys.slice(0, probed))
  const { sourceId } = snapshot.info()
  const ours = there.filter((one) => one.origin?.source === sourceId).length
  const foreign = there.length === 0 || ours * 2 < there.length
  await changeVerification(db, migrationId, { foreign: foreign ? 1 : 0 })
  return foreign
}

/** Reads the id-mappings.csv that was given, and says what was found in it. */
async function takeMappings(line: Line): Promise<void> {
  const { db } = line.parts.ledger
  const { mappingsPath } = await verificationOf(db, line.id)
  if (mappingsPath === null) return
  await line.say('plan', 'Reading the id mappings.')
  const found = await readMappings(db, line.id, mappingsPath, line.control.signal)
  const n = (count: number) => count.toLocaleString('en')
  await line.log('info', `${n(found.rows)} id mappings read.`)
  const unknown = Object.entries(found.unknown)
  if (unknown.length > 0)
    await line.log(
      'info',
      `Of types that are not compared: ${unknown.map(([type, count]) => `${type} (${n(count)})`).join(', ')}.`,
    )
  for (const problem of found.problems) await line.log('warn', `Id mappings: ${problem}`, leftAside)
  if (found.refused > found.problems.length)
    await line.log(
      'warn',
      `Id mappings: ${n(found.refused - found.problems.length)} more lines.`,
      leftAside,
    )
}

const leftAside = { code: 'mappings-left-aside' }

/** People as the id mappings have them: by key, by name or by address; accounts that are gone do not count. */
async function mappedPeople(
  db: LedgerDb,
  migrationId: string,
  snapshot: SnapshotReader,
  read: SiteReading,
): Promise<NonNullable<SetupOptions['choices']>> {
  const [byKey, byName, byEmail] = await Promise.all([
    allMapped(db, migrationId, 'user'),
    allMapped(db, migrationId, 'userName'),
    allMapped(db, migrationId, 'userEmail'),
  ])
  const choices = new Map<string, ChosenAccount>()
  if (byKey.size + byName.size + byEmail.size === 0) return choices
  const wanted = new Map<string, string>()
  for (const { key, name, email } of snapshot.rows('user')) {
    const id = byKey.get(key) ?? byName.get(name ?? '') ?? byEmail.get(email?.trim() ?? '')
    if (id !== undefined) wanted.set(key, id)
  }
  const there = new Map(
    (await read.accounts([...wanted.values()])).map((one) => [one.accountId, one]),
  )
  for (const [key, id] of wanted) {
    const one = there.get(id)
    if (!one) continue
    const { accountId, displayName, email } = one
    choices.set(key, { how: 'account', account: { accountId, displayName, email } })
  }
  return choices
}

/**
 * Gives the items of a plan the ids that the mappings say, unless those are of another migration: an issue
 * that they name has to be the site's issue of that key.
 */
export async function applyMappings(line: Line, read: SiteReading): Promise<void> {
  const { db } = line.parts.ledger
  const some = await db
    .selectFrom('item')
    .innerJoin('idMapping', (join) =>
      join
        .onRef('idMapping.migrationId', '=', 'item.migrationId')
        .onRef('idMapping.kind', '=', 'item.kind')
        .onRef('idMapping.serverId', '=', 'item.sourceId'),
    )
    .select(['item.issueKey', 'idMapping.cloudId'])
    .where('item.migrationId', '=', line.id)
    .where('item.kind', '=', 'issue')
    .limit(probed)
    .execute()
  const { mappingsPath } = await verificationOf(db, line.id)
  if (mappingsPath === null) return
  const there = new Map(
    (await read.issues(some.map((row) => row.cloudId))).map((one) => [one.id, one]),
  )
  const fitting = some.filter(({ cloudId, issueKey }) => there.get(cloudId)?.key === issueKey)
  if (fitting.length * 2 < some.length || (some.length === 0 && (await anyIssue(db, line.id)))) {
    await line.log(
      'warn',
      some.length === 0
        ? 'The id mappings name no issue of this source: they are of another migration and are left aside. Give the file that was exported for this source and site.'
        : `The id mappings do not fit this site (${fitting.length} of ${some.length} issues looked up are the ones they should be): they are left aside, and items are matched by key and name. Give the file that was exported for this source and site.`,
      leftAside,
    )
    return
  }
  await sql`update item set "siteId" = (
      select "cloudId" from "idMapping" as m
      where m."migrationId" = item."migrationId" and m.kind = item.kind and m."serverId" = item."sourceId"
    ) where "migrationId" = ${line.id} and "siteId" is null`.execute(db)
}

const anyIssue = async (db: LedgerDb, migrationId: string): Promise<boolean> =>
  (await db
    .selectFrom('item')
    .select('seq')
    .where('migrationId', '=', migrationId)
    .where('kind', '=', 'issue')
    .limit(1)
    .executeTakeFirst()) !== undefined
