import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { viewProblem } from '../../shared/problem.ts'
import type { CountsByKind } from '../../shared/report.ts'
import { folderParts } from '../config.ts'
import { keysPreserved } from '../ledger/findings.ts'
import {
  addMigration,
  getMigration,
  type MigrationRow,
  type NewMigration,
} from '../ledger/migrations.ts'
import { openLedger } from '../ledger/open.ts'
import { countsByKind, countsOf, progressOf, tally } from '../ledger/tally.ts'
import { type VerificationWishes, wishVerification } from '../ledger/verification-wishes.ts'
import type { Overrides } from '../line.ts'
import { createPracticeHost, siteAccess } from '../practice-host.ts'
import { createRunner } from '../runner.ts'
import { type AfterResult, askAfterwards } from './after.ts'
import { type AppWishes, appSummary, moveWished, openMover } from './app-wishes.ts'
import type { Output } from './output.ts'
import { type GivenSource, sourceName, sourceRow } from './source.ts'
import { type VerificationResult, verificationResult } from './verification.ts'

export interface LineOptions {
  source: GivenSource
  attachments: string | null
  timeZone: string | null
  /** null = the practice site, whose state stays in OUT/practice. */
  site: { url: string; email: string; token: string } | null
  projects: string[] | null
  mode: 'move' | 'verify'
  dry: boolean
  /** Checks to set aside if they find an error, with who said why. */
  overrides: Overrides
  /** Apps whose data is moved or kept, null = none; see AppWishes. */
  apps: AppWishes | null
  /** Only in mode verify. */
  verification?: VerificationWishes
  /** Whether the checks after a migration are asked, too. */
  after: boolean
  out: string
}

export interface LineResult {
  status: MigrationRow['status']
  counts: CountsByKind
  keysPreserved: boolean
  requests: number
  seconds: number
  out: string
  sentence: string
  /** Only where apps were asked for. */
  apps?: ReturnType<typeof appSummary>[]
  /** Only of a site that another program filled. */
  verification?: VerificationResult
  /** Only where the checks after a migration were asked for. */
  after?: AfterResult[]
  problem: ReturnType<typeof viewProblem> | null
}

/** Where a run keeps its ledger, snapshot and report when --out does not say: one folder a run. */
export function defaultOut(name: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '')
  return resolve('landfall-out', `${folderName(name)}-${stamp}`)
}

/** backup.zip → backup, jira.acme.com:8080/jira → jira.acme.com-8080-jira */
const folderName = (name: string) =>
  name.replace(/\.(zip|xml)$/i, '').replace(/[^\p{L}\p{N}._-]+/gu, '-')

/** One migration from beginning to end without an agent; a folder that holds an unfinished one of the same goes on with it. */
export async function runOnce(options: LineOptions, output: Output): Promise<LineResult> {
  mkdirSync(options.out, { recursive: true, mode: 0o700 })
  const folder = folderParts(options.out)
  const ledger = openLedger(folder.ledger)
  const practice = createPracticeHost({ stateDir: folder.practice, port: 0, rateLimits: 'off' })
  const token = options.site?.token ?? ''
  const base = {
    ledger,
    folder,
    now: Date.now,
    overrides: options.overrides,
    site: siteAccess(practice, async () => token),
    source: async () => options.source.access,
  }
  const mover = await openMover(base)
  const apps = moveWished(mover, options.apps)
  const runner = createRunner({ ...base, apps }, { dry: options.dry })
  const leave = () => void runner.leave()
  process.once('SIGINT', leave)
  process.once('SIGTERM', leave)
  try {
    const { id, status } = await findOrAdd(ledger, options)
    if (status === 'running') await runner.resumeAll()
    else {
      if (options.verification) await wishVerification(ledger.db, id, options.verification)
      await runner.start(id)
    }
    const stopTelling = tellProgress(ledger, id, output)
    await runner.ended(id)
    await stopTelling()
    const verified = options.verification ? await verificationResult(ledger.db, id) : null
    const ended = await resultOf(ledger, id, options.out)
    const asked = options.after && ended.status !== 'failed' && !options.dry
    const result = {
      ...ended,
      ...(verified ? { verification: verified } : {}),
      ...(asked ? { after: await askAfterwards(base, id, output) } : {}),
    }
    if (!options.apps || result.status === 'failed' || options.dry) return result
    const { apps: all } = await mover.list(id)
    return { ...result, apps: all.filter((app) => app.decision !== null).map(appSummary) }
  } finally {
    process.off('SIGINT', leave)
    process.off('SIGTERM', leave)
    await mover.leave()
    await practice.close()
    await ledger.close()
  }
}

async function findOrAdd(
  ledger: ReturnType<typeof openLedger>,
  options: LineOptions,
): Promise<MigrationRow> {
  const source = sourceRow(options.source, options.attachments, options.timeZone)
  const site: NewMigration['site'] = options.site
    ? { kind: 'cloud', url: options.site.url, email: options.site.email }
    : { kind: 'practice' }
  const scope = { projects: options.projects }
  const same = await ledger.db
    .selectFrom('migration')
    .selectAll()
    .where('sourceJson', '=', JSON.stringify(source))
    .where('siteJson', '=', JSON.stringify(site))
    .where('scopeJson', '=', JSON.stringify(scope))
    .where('mode', '=', options.mode)
    .executeTakeFirst()
  return (
    same ??
    addMigration(ledger.db, {
      id: randomUUID(),
      name: sourceName(options.source),
      source,
      site,
      scope,
      mode: options.mode,
      at: Date.now(),
    })
  )
}

/** A line a second while something moves. @returns ends the telling. */
function tellProgress(
  ledger: ReturnType<typeof openLedger>,
  id: string,
  output: Output,
): () => Promise<void> {
  let last = ''
  let telling = Promise.resolve()
  const timer = setInterval(() => {
    telling = tell()
  }, 1000)
  async function tell() {
    const [row, rows] = [await getMigration(ledger.db, id), await tally(ledger.db, id)]
    const { sent, checked, total } = progressOf(rows)
    const done = row.activity === 'verifying' ? `, ${checked.toLocaleString('en')} compared` : ''
    const line = `${row.sentence}${total ? ` ${sent.toLocaleString('en')} of ${total.toLocaleString('en')} sent${done}.` : ''}`
    if (line !== last) output.say(line)
    last = line
  }
  return async () => {
    clearInterval(timer)
    await telling
  }
}

async function resultOf(
  ledger: ReturnType<typeof openLedger>,
  id: string,
  out: string,
): Promise<LineResult> {
  const row = await getMigration(ledger.db, id)
  const rows = await tally(ledger.db, id)
  const { source } = countsOf(rows)
  return {
    status: row.status,
    counts: countsByKind(rows),
    keysPreserved: source > 0 && (await keysPreserved(ledger.db, id)),
    requests: row.requests,
    seconds: Math.round(row.workedMs / 100) / 10,
    out: join(out, 'reports', id),
    sentence: row.sentence,
    problem: row.problemJson ? JSON.parse(row.problemJson) : null,
  }
}
