import type { SetupView } from '../../shared/api-setup.ts'
import { kinds } from '../../shared/plan.ts'
import {
  collisionsOf,
  hasSent,
  hasSourceSecret,
  hasToken,
  missingOf,
  revisionOf,
  scopeOf,
  siteOf,
  sourceOf,
} from '../ledger/drafts.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { countsOf, sentOf, tally } from '../ledger/tally.ts'
import { verificationOf } from '../ledger/verification.ts'
import type { AppDeps } from './deps.ts'

/** A migration's setup, as the stepper is filled with it. There is no token in it, only whether one is stored. */
export async function setupView(
  { ledger: { db }, setup, now }: Pick<AppDeps, 'ledger' | 'setup' | 'now'>,
  row: MigrationRow,
): Promise<SetupView> {
  const site = siteOf(row)
  const sent = await hasSent(db, row.id)
  return {
    id: row.id,
    revision: await revisionOf(db, row),
    name: row.name,
    purpose: row.purpose,
    source: await sourceView(db, row),
    site:
      site.kind === 'practice'
        ? site
        : site.url
          ? { ...site, tokenStored: await hasToken(db, row.id) }
          : null,
    scope: scopeOf(row),
    collisions: collisionsOf(row),
    mappings: row.mode === 'verify' ? (await verificationOf(db, row.id)).mappingsPath : null,
    step: row.step,
    missing: await missingOf(db, row),
    fixed: sent ? ['source', 'site', 'scope', 'collisions', 'people'] : [],
    willDo: await willDo(db, row, sent, agoOf(await setup.readAt(row.id), now())),
  }
}

async function sourceView(db: LedgerDb, row: MigrationRow): Promise<SetupView['source']> {
  const source = sourceOf(row)
  if (!source.path) return null
  if (source.kind === 'backup') return source
  const { path: url, user } = source
  return { kind: 'datacenter', url, user, tokenStored: await hasSourceSecret(db, row.id) }
}

const n = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`

/** What a run that begins now will do, in sentences. */
async function willDo(
  db: LedgerDb,
  row: MigrationRow,
  sent: boolean,
  readAgo: string | null,
): Promise<string[]> {
  const missing = await missingOf(db, row)
  if (missing.length)
    return [`It cannot run yet: ${missing.map((part) => missingWords[part]).join(', ')}.`]
  const site = siteOf(row)
  const where = site.kind === 'practice' ? 'the practice site' : site.url
  const reads = row.stage === 'new' ? 'It reads the source' : 'It uses what was read of the source'
  // A Jira that runs goes on after it was read; a run does not read it anew by itself.
  const old = readAgo
    ? [`What changed in Jira since it was read, ${readAgo}, is not in it: read it again for that.`]
    : []
  if (row.mode === 'verify')
    return [
      ...(await verifiedBefore(db, row)),
      `${reads}, then it reads ${where} and compares the two.`,
      ...old,
      'Nothing is written to the site, and nothing on it is changed.',
      'Some hundred issues are looked at first, for an answer within minutes; all others follow at the pace of the site.',
    ]
  const plans = `${reads}, plans anew with this setup, asks the checks, and writes to ${where}.`
  if (row.runs === 0) return [plans, ...old]
  if (!sent) return ['Nothing is on the site from earlier runs.', plans, ...old]
  const rows = await tally(db, row.id)
  const counts = countsOf(rows)
  const there = kinds.reduce((sum, kind) => sum + sentOf(rows, kind), 0)
  const says = [`${n(there, 'item')} of earlier runs stay on the site; nothing is sent twice.`]
  if (counts.failed) says.push(`${n(counts.failed, 'failed item')} will be tried again.`)
  says.push('Everything that was sent is read back and compared anew.')
  if (counts.leftOut)
    says.push(
      `${n(counts.leftOut, 'item')} stay left out: to move more, copy this migration and change the copy.`,
    )
  return says
}

/** How long ago that was, in words; null where it is not known. */
function agoOf(at: number | null, now: number): string | null {
  if (at === null) return null
  const hours = Math.floor((now - at) / 3_600_000)
  if (hours < 1) return 'less than an hour ago'
  return hours < 48 ? `${n(hours, 'hour')} ago` : `${n(Math.floor(hours / 24), 'day')} ago`
}

/** Whether a verification that begins now goes on with an earlier one, or does it over. */
async function verifiedBefore(db: LedgerDb, row: MigrationRow): Promise<string[]> {
  const { verified, different, failed } = countsOf(await tally(db, row.id))
  const judged = verified + different + failed
  if (row.runs === 0 || judged === 0) return []
  return (await verificationOf(db, row.id)).running
    ? [
        `It goes on where it stopped: ${n(judged, 'item')} compared already ${judged === 1 ? 'keeps its verdict' : 'keep their verdicts'}.`,
      ]
    : [
        'Everything is compared anew; the verdicts of the verification before give way to what is found now.',
      ]
}

/** What a draft lacks, for people. */
export const missingWords = {
  source: 'it does not say which backup',
  site: 'it does not say where to',
  token: 'the API token of the site is missing',
  sourceToken: 'the token of the Jira Data Center is missing',
} as const
