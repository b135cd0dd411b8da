import { sql } from 'kysely'
import type { SnapshotInfo } from '../../../shared/record.ts'
import { forgetVerdicts } from '../../ledger/items.ts'
import { tally } from '../../ledger/tally.ts'
import { beginVerification, changeVerification, verificationOf } from '../../ledger/verification.ts'
import { verifyGroups, verifyRoleActors } from '../access.ts'
import { verifyAgile } from '../agile.ts'
import { candidateStates, candidates, type VerifyContext } from '../judge.ts'
import { verifyLinks } from '../links.ts'
import { fieldIds } from '../values.ts'
import { verifyAccounts } from './accounts.ts'
import { answerOf } from './bound.ts'
import type { ForeignContext } from './context.ts'
import { verifyForeignFields } from './fields.ts'
import { unlessHidden } from './hidden.ts'
import { findStrangers, issuesAPage, judgeIssues } from './issues.ts'
import { verifyNames } from './names.ts'
import { accountNames } from './people.ts'
import { verifyForeignProject } from './projects.ts'
import { drawSample, sampledIssues, sampleFound } from './sample.ts'
import { whatISee } from './sees.ts'
import { notKeptWords, type Survey, survey } from './survey.ts'

export interface ForeignParts {
  info: SnapshotInfo
  /** In which the source's clock is read. */
  timeZone: string
  /** The account of the token. */
  me: string
  /** Asked before each page: waits while paused, rejects when stopped. */
  next(): Promise<void>
  /** Says what begins now; it stays in the timeline. */
  say(sentence: string): Promise<void>
  /** Says how far it is; it stays nowhere. */
  tell(sentence: string): Promise<void>
}

const n = (count: number) => count.toLocaleString('en')

/**
 * Compares a site that another program filled with what the source held. It only reads the site and only
 * writes verdicts. A sample of the issues is looked at first, for an answer within minutes, then all others;
 * a verification that was stopped, or whose agent died, goes on with what has no verdict yet.
 */
export async function verifyForeign(base: VerifyContext, parts: ForeignParts): Promise<void> {
  const { db, migrationId } = base
  const { next, say } = parts
  const isAdmin = (await base.read.myPermissions(['ADMINISTER'], null)).has('ADMINISTER')
  const plain: VerifyContext = { ...base, open: true, isAdmin }
  if ((await verificationOf(db, migrationId)).running === 0) {
    await forgetVerdicts(db, migrationId)
    await beginVerification(db, migrationId)
  }
  if (!isAdmin)
    await base.log(
      'warn',
      'This login does not administer the site: what it is not shown is not judged.',
      { code: 'cannot-be-seen' },
    )
  await say('Comparing people, groups, types and fields.')
  await next()
  await unlessHidden(plain, ['user'], () => verifyAccounts(plain, next))
  await unlessHidden(plain, ['group', 'membership'], () => verifyGroups(plain))
  const names = await verifyNames(plain)
  await verifyForeignFields(plain, next)
  const people = accountNames(base.read)
  const found = await surveyed(plain, people, parts)
  const sees = whatISee(base.read, parts.me)
  const ctx: ForeignContext = { ...plain, survey: found, names, people, sees }
  const seen = await projects(ctx, parts)
  await sample(ctx, parts)
  await others(ctx, parts, seen)
  await say('Comparing links, filters, boards, sprints and dashboards.')
  await verifyLinks(ctx, next)
  const agile = ['filter', 'board', 'sprint', 'fieldValue', 'dashboard'] as const
  await unlessHidden(ctx, [...agile], () => verifyAgile(ctx, next))
  await privateFilters(ctx)
  await theRest(ctx)
  await changeVerification(db, migrationId, { running: 0 })
}

const noneThere = (asked: number) =>
  `None of ${n(asked)} issues looked at is on this site. Is it the right one, and may this login see its projects?`

/** What the other program keeps, found out once for a verification. */
async function surveyed(
  ctx: VerifyContext,
  people: ReturnType<typeof accountNames>,
  { info, timeZone, say, next }: ForeignParts,
): Promise<Survey> {
  const { sampleSize, seed, surveyJson } = await verificationOf(ctx.db, ctx.migrationId)
  if (surveyJson) return JSON.parse(surveyJson) as Survey
  await next()
  await say('Looking at some issues drawn from all projects.')
  await drawSample(ctx, { size: sampleSize || issuesAPage, seed })
  const items = await sampledIssues(ctx.db, ctx.migrationId, issuesAPage, false)
  const found = await survey(ctx, people, info, timeZone, items)
  const words = notKeptWords(found)
  if (found.asked > 0 && found.found === 0)
    await ctx.log('warn', noneThere(found.asked), { code: 'nothing-there' })
  else if (words.length > 0)
    await ctx.log(
      'warn',
      `The other program did not keep ${words.join(', ')}. That is told as a loss of each and not as a difference.`,
      { code: 'times-not-kept' },
    )
  await changeVerification(ctx.db, ctx.migrationId, { surveyJson: JSON.stringify(found) })
  return found
}

/** @returns the keys of the projects that this login sees */
async function projects(ctx: ForeignContext, { next, say }: ForeignParts): Promise<string[]> {
  const seen: string[] = []
  await say('Comparing projects.')
  for (let after = 0; ; ) {
    // Also those that have a verdict already: whether their issues can be seen has to be known.
    const [project] = await candidates({ ...ctx, open: false }, ['project'], after, 1)
    if (!project) return seen
    after = project.seq
    await next()
    const key = project.projectKey ?? ''
    if (project.verdict === 'failed' || project.verdict === 'leftOut') continue
    if (project.verdict === null && !(await verifyForeignProject(ctx, project))) continue
    seen.push(key)
    await unlessHidden(ctx, ['roleActor'], () => verifyRoleActors(ctx, key), key)
  }
}

async function sample(ctx: ForeignContext, { next, say, tell }: ForeignParts): Promise<void> {
  const { sampleSize, answer } = await verificationOf(ctx.db, ctx.migrationId)
  if (answer !== null) return
  const fields = await fieldIds(ctx)
  for (;;) {
    await next()
    const items = await sampledIssues(ctx.db, ctx.migrationId, issuesAPage, true)
    if (items.length === 0) break
    await tell(`First answer: looking at ${n(sampleSize)} issues drawn from all projects.`)
    await judgeIssues(ctx, items, fields)
  }
  if (sampleSize === 0) return
  const { looked, different } = await sampleFound(ctx.db, ctx.migrationId)
  const { asked, found } = ctx.survey
  const sentence =
    found === 0 && looked > 0
      ? noneThere(asked)
      : answerOf({ looked, different, of: (await progress(ctx)).of })
  await changeVerification(ctx.db, ctx.migrationId, { answer: sentence })
  await say(`First answer: ${sentence}`)
}

async function others(
  ctx: ForeignContext,
  { next, say, tell }: ForeignParts,
  keys: string[],
): Promise<void> {
  const fields = await fieldIds(ctx)
  for (const key of keys) {
    await say(`Comparing the issues of ${key}.`)
    for (let after = 0; ; ) {
      await next()
      const items = await candidates(ctx, ['issue'], after, issuesAPage, key)
      const last = items.at(-1)
      if (!last) break
      after = last.seq
      const { looked, of } = await progress(ctx)
      await tell(`Comparing ${key}: ${n(looked)} of ${n(of)} issues looked at.`)
      await judgeIssues(ctx, items, fields)
    }
    await next()
    await findStrangers(ctx, key)
  }
}

async function progress({
  db,
  migrationId,
}: VerifyContext): Promise<{ looked: number; of: number }> {
  const rows = (await tally(db, migrationId)).filter(
    (row) => row.kind === 'issue' && row.state !== 'leftOut',
  )
  const sum = (some: typeof rows) => some.reduce((all, row) => all + row.n, 0)
  return { looked: sum(rows.filter((row) => row.verdict !== '')), of: sum(rows) }
}

/** Filters that others share with nobody are shown to administrators only, and boards are not without theirs. */
async function privateFilters(ctx: ForeignContext): Promise<void> {
  if (ctx.isAdmin) return
  await ctx.db
    .updateTable('item')
    .set({
      verdict: 'leftOut',
      reasonCode: 'cannot-be-seen',
      reasonText:
        'Cannot be seen with this login: what its owner shares with nobody is only shown to administrators.',
    })
    .where('migrationId', '=', ctx.migrationId)
    .where('kind', 'in', ['filter', 'board', 'dashboard'])
    .where('verdict', '=', 'failed')
    .execute()
}

/** What lies where nothing could be read was not found; and a verification promises nothing. */
async function theRest(ctx: ForeignContext): Promise<void> {
  await ctx.db
    .updateTable('item')
    .set({
      verdict: 'failed',
      reasonCode: 'not-on-site',
      reasonText: 'Its project or issue is not on the site, or is not shown to this login.',
    })
    .where('migrationId', '=', ctx.migrationId)
    .where('counted', '=', 1)
    .where('state', 'in', candidateStates(ctx))
    .where('verdict', 'is', null)
    .execute()
  const words: [from: string, to: string][] = [
    ['Not as promised in', 'Not as the source has it in'],
    [
      'Read back and not found on the site, or not visible to this token.',
      'The source has it, and the site does not, or does not show it to this login.',
    ],
  ]
  for (const [from, to] of words)
    await sql`update item set "reasonText" = replace("reasonText", ${from}, ${to})
      where "migrationId" = ${ctx.migrationId} and "reasonText" like ${`%${from}%`}`.execute(ctx.db)
}
