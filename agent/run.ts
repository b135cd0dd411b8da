import type { SiteFacts } from '../shared/plan.ts'
import type { SnapshotReader } from '../shared/record.ts'
import { connectSite } from './cloud/connect.ts'
import { applyMappings, beforeVerifying, verifySite } from './foreign.ts'
import { adoptProperties } from './ledger/adopt.ts'
import { hasSent } from './ledger/drafts.ts'
import { changeMigration, getMigration } from './ledger/migrations.ts'
import { createLine, type Line, type LineParts } from './line.ts'
import { createMarkup } from './markup.ts'
import { neededFromSite, planAll } from './plan/plan.ts'
import { plannedSentence } from './plan/planned-sentence.ts'
import { planOptions } from './plan-options.ts'
import type { Control } from './push/control.ts'
import { enqueue, forgetPlan } from './push/enqueue.ts'
import type { FetchFile } from './push/fetch.ts'
import { push } from './push/push.ts'
import type { PushContext } from './push/sender.ts'
import { createSiteNames } from './push/site-names.ts'
import { startRunChecks } from './run-checks.ts'
import { keepPreReport } from './run-report.ts'
import { sayLost } from './say-lost.ts'
import { openFiles } from './source-access.ts'
import { openSource } from './source-snapshot.ts'
import { verify } from './verify/verify.ts'

type Connection = Awaited<ReturnType<typeof connectSite>>

/**
 * The line: source → snapshot → plan → push → verify (and reportRun after it). Each stage begins from what the one
 * before left on disk, so a first run, a resume after a crash and a second run are the same code.
 * Throws a Problem when it cannot go on, Stopped when it was stopped.
 */
export async function runLine(parts: LineParts, id: string, control: Control): Promise<void> {
  const line = createLine(parts, id, control)
  const snapshot = await read(line)
  try {
    const site = await connect(line, snapshot)
    try {
      await plan(line, snapshot, site)
      await withFiles(line, async (fetchFile) => {
        await send(line, site, fetchFile)
        await check(line, snapshot, site, fetchFile)
      })
      await moveApps(line)
    } finally {
      await countRequests(line, site)
      await site.close()
    }
  } finally {
    snapshot.close()
  }
}

/** Reads and plans, and stops before anything would be written to the site. */
export async function dryRun(parts: LineParts, id: string, control: Control): Promise<void> {
  const line = createLine(parts, id, control)
  const snapshot = await read(line)
  try {
    const site = await connect(line, snapshot)
    try {
      await plan(line, snapshot, site, true)
    } finally {
      await countRequests(line, site)
      await site.close()
    }
  } finally {
    snapshot.close()
  }
}

const row = (line: Line) => getMigration(line.parts.ledger.db, line.id)

/** source → snapshot */
async function read(line: Line): Promise<SnapshotReader> {
  const { db } = line.parts.ledger
  let told = 0
  return openSource(line.parts, await row(line), {
    signal: line.control.signal,
    async begin(sentence) {
      await changeMigration(db, line.id, line.parts.now(), { activity: 'reading' })
      await line.say('read', sentence)
    },
    onWait: line.waitSource,
    onProgress: ({ bytes, totalBytes, rows, unit }) => {
      if (line.parts.now() - told < 500) return
      told = line.parts.now()
      const share = totalBytes ? Math.floor((bytes / totalBytes) * 100) : 0
      changeMigration(db, line.id, told, {
        sentence:
          unit === 'issues'
            ? `Reading the source: ${bytes.toLocaleString('en')} of ${totalBytes.toLocaleString('en')} issues.`
            : `Reading the source: ${rows.toLocaleString('en')} rows, ${share} %.`,
      }).catch(lost(line))
    },
  })
}

/** For what is told on the way, and waited for by nobody. */
const lost = (line: Line) => (error: unknown) => sayLost(line.parts.folder.root, error)

async function connect(line: Line, snapshot: SnapshotReader): Promise<Connection> {
  const { db } = line.parts.ledger
  const { url, email, token } = await line.parts.site(await row(line), snapshot)
  const site = await connectSite({
    url,
    email,
    token,
    signal: line.control.signal,
    pace: 'off',
    onPause: (reason, words) => line.wait(reason, words),
  })
  await changeMigration(db, line.id, line.parts.now(), { siteUrl: url })
  line.parts.onSite?.({ requests: () => site.read.requests(), share: () => site.usage.share() })
  return site
}

/** snapshot → plan, into the ledger, and the checks; their errors keep a run from beginning, not a dry one. */
async function plan(
  line: Line,
  snapshot: SnapshotReader,
  site: Connection,
  dry = false,
): Promise<void> {
  const { db } = line.parts.ledger
  const migration = await row(line)
  if (migration.stage !== 'new' && migration.stage !== 'read') return
  // What was sent keeps its plan, whatever its source was read again for: made anew, nobody would know any more
  // what is on the site, and all of it would be sent twice.
  if (migration.mode === 'move' && (await hasSent(db, line.id)))
    return changeMigration(db, line.id, line.parts.now(), { stage: 'planned' })
  await changeMigration(db, line.id, line.parts.now(), { activity: 'planning' })
  await line.say('plan', 'Planning: asking the site what it has, and converting texts.')
  await forgetPlan(db, line.id)
  const options = {
    ...(await planOptions(db, migration, site.read)),
    ...(migration.mode === 'verify' ? await beforeVerifying(line, snapshot, site.read) : {}),
  }
  const facts = await site.read.facts({
    ...neededFromSite(snapshot, options),
    mayBeRefused: migration.mode === 'verify',
  })
  const checks = migration.mode === 'move' ? startRunChecks(line, facts, options) : null
  const markup = createMarkup()
  try {
    let told = 0
    const planned = planAll(
      snapshot,
      migration.mode === 'verify' ? asIfEmpty(facts) : facts,
      options,
      markup.toAdf,
    )
    const seen = checks?.tap(planned) ?? planned
    const { items, means } = await enqueue(db, line.id, seen, line.control.signal, (count) => {
      if (line.parts.now() - told < 500) return
      told = line.parts.now()
      changeMigration(db, line.id, told, {
        sentence: `Planning: ${count.toLocaleString('en')} items so far.`,
      }).catch(lost(line))
    })
    await line.say('plan', plannedSentence(items, means))
    if (migration.mode === 'verify') await applyMappings(line, site.read)
  } finally {
    await markup.close()
  }
  const problem = await checks?.conclude(migration, snapshot, options, site.read, facts)
  if (checks) await keepPreReport(line.parts, line.id)
  // What was planned is planned anew once the cause is mended: the stage stays where it was.
  if (problem && !dry) throw problem
  if (!problem) await changeMigration(db, line.id, line.parts.now(), { stage: 'planned' })
}

/** For a verification the projects are there, and that is right so. */
const asIfEmpty = (facts: SiteFacts): SiteFacts => ({
  ...facts,
  projects: [],
  filled: true,
})

const phaseSentences = {
  people: 'Matching people to accounts.',
  frame: 'Making issue types, statuses and schemes.',
  projects: 'Making projects.',
  parts: 'Making components and versions.',
  issues: 'Sending issues, in the order of their keys.',
  content: 'Sending statuses, comments, worklogs, links and watchers.',
  files: 'Sending files.',
  tidy: 'Deleting the fillers that held the numbers.',
} as const

/** A live source's files are brought here one by one while they are sent and compared; a backup's lie here. */
async function withFiles(line: Line, work: (fetchFile: FetchFile | null) => Promise<void>) {
  const { signal } = line.control
  const files = await openFiles(line.parts, await row(line), signal, line.waitSource)
  try {
    await work(files && ((address, size) => files.fetch(address, size)))
  } finally {
    await files?.close()
  }
}

/** plan → site */
async function send(line: Line, site: Connection, fetchFile: FetchFile | null): Promise<void> {
  const { db } = line.parts.ledger
  const migration = await row(line)
  if (migration.mode === 'verify' || migration.stage !== 'planned') return
  await changeMigration(db, line.id, line.parts.now(), { activity: 'pushing' })
  // The token's account would become a watcher of every issue; watchers are the source's to say.
  const autowatch = await site.write.disableAutowatch()
  if (!autowatch.ok)
    await line.log('warn', `Autowatch could not be turned off: ${autowatch.text}`, {
      code: 'autowatch-on',
    })
  const ctx: PushContext = {
    db,
    migrationId: line.id,
    read: site.read,
    write: site.write,
    names: createSiteNames(site.read),
    signal: line.control.signal,
    now: line.parts.now,
    requestLimitMs: requestLimit(migration.siteUrl),
    log: line.log,
    fetchFile,
  }
  await push(ctx, line.control, (phase) => line.say(phase, phaseSentences[phase]))
  await changeMigration(db, line.id, line.parts.now(), { stage: 'pushed' })
}

/**
 * How long after it left a request may still land. The client gives up after 30 s (cloud/transport);
 * on loopback nothing stands between, so a dead client's request has landed or been dropped within moments.
 */
const requestLimit = (url: string | null) =>
  url && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname) ? 1_000 : 30_000

/** site → verdicts */
async function check(
  line: Line,
  snapshot: SnapshotReader,
  site: Connection,
  fetchFile: FetchFile | null,
): Promise<void> {
  const { db } = line.parts.ledger
  const migration = await row(line)
  await changeMigration(db, line.id, line.parts.now(), { activity: 'verifying' })
  const ctx = {
    db,
    migrationId: line.id,
    read: site.read,
    signal: line.control.signal,
    foreign: migration.mode === 'verify',
    log: line.log,
    fetchFile,
  }
  if (!ctx.foreign || !(await verifySite(line, ctx, snapshot)))
    await verify(
      ctx,
      () => line.control.clear(),
      (sentence) => line.say('verify', sentence),
    )
  await changeMigration(db, line.id, line.parts.now(), { stage: 'verified' })
}

/** apps' data → site, each app for itself; what becomes of one is its own row of the ledger. */
async function moveApps(line: Line): Promise<void> {
  const { apps } = line.parts
  const { mode } = await row(line)
  if (!apps || mode === 'verify') return
  await apps.runAll(line.id, line.control.signal, () =>
    line.say('apps', 'Moving the data of apps.'),
  )
  // Of an app that was done before, the plan of this run knows nothing.
  await adoptProperties(line.parts.ledger.db, line.id)
}

async function countRequests(line: Line, site: Connection): Promise<void> {
  const { requests } = await row(line)
  line.parts.onSite?.(null)
  await changeMigration(line.parts.ledger.db, line.id, line.parts.now(), {
    requests: requests + site.read.requests(),
  })
}
