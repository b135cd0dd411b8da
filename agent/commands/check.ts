import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { estimateSeconds, requestsOf } from '../../shared/forecast.ts'
import type { PlanOptions } from '../../shared/plan.ts'
import { viewProblem } from '../../shared/problem.ts'
import { appsOfSnapshot, toDecide } from '../apps/inventory.ts'
import { askSite, type SiteQuestion } from '../ask-site.ts'
import { agentFacts, filesOnDisk } from '../check-facts.ts'
import { type CheckAnswer, type CheckSink, createCheckSession } from '../check-session.ts'
import { createMarkup } from '../markup.ts'
import { allChecks } from '../plan/checks/all.ts'
import type { CheckContext, CheckOffender } from '../plan/checks/check.ts'
import { emptySite } from '../plan/checks/empty-site.ts'
import { planAll } from '../plan/plan.ts'
import { createPracticeHost } from '../practice-host.ts'
import { siteMore } from '../site-more.ts'
import type { Snapshot } from '../snapshot/read.ts'
import { createFileFinder } from '../source/backup/attachment-files.ts'
import { liveFinder } from '../source/datacenter/files.ts'
import { checkText } from './check-text.ts'
import { withSnapshot } from './inspect.ts'
import { siteFrom, usage } from './options.ts'
import { createOutput } from './output.ts'
import { projectsFrom, sourceFrom, sourceOptions } from './source.ts'

/** So many offenders of each check are shown; the agent keeps them all. */
const shownOffenders = 20

const unnamed = usage(
  'No site was named.',
  'Add --site URL --email E --token-file F, or --practice.',
)

/**
 * check SOURCE: asks every check and makes the whole plan, against a site or a fresh one, and says before anything
 * is written what to mend and what will not survive. Exit code 3 where an error would block a run, or the
 * site that was named could not be asked.
 */
export async function check(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      attachments: { type: 'string' },
      'time-zone': { type: 'string' },
      projects: { type: 'string' },
      practice: { type: 'boolean' },
      site: { type: 'string' },
      email: { type: 'string' },
      'token-file': { type: 'string' },
      ...sourceOptions,
    },
  })
  const output = createOutput(values.json ?? false)
  const source = sourceFrom(positionals, 'check', values)
  const site = values.site || values.email ? siteFrom(values) : null
  if (site && values.practice)
    throw usage('Say --practice or --site, not both.', 'Without either, a fresh site is presumed.')
  const attachments =
    values.attachments && existsSync(values.attachments) ? resolve(values.attachments) : null
  const timeZone = values['time-zone'] ?? null
  return withSnapshot(source, timeZone, async (snapshot, snapshotPath) => {
    const options: PlanOptions = {
      projects: projectsFrom(values.projects),
      timeZone,
      findFile: source.access
        ? liveFinder(source.path)
        : attachments
          ? createFileFinder(attachments)
          : null,
    }
    const asked = values.practice
      ? await askPractice(snapshot, options)
      : site
        ? await answersOf(async () => site, snapshot, options)
        : { facts: null, problem: viewProblem(unnamed) }
    const context: CheckContext = {
      snapshot,
      options,
      siteKind: values.practice ? 'practice' : site ? 'cloud' : 'empty',
      site: asked,
      agent: await agentFacts(resolve('.'), null, snapshot),
      apps: appsOfSnapshot(snapshotPath).flatMap((app) => toDecide(app, null) ?? []),
      files: attachments ? () => filesOnDisk(attachments) : null,
    }
    const result = await askAll(context)
    output.result(result, checkText(result))
    const unanswered = context.siteKind !== 'empty' && !asked.facts
    return unanswered || result.counts.error ? 3 : 0
  })
}

/** A check's answer with its first offenders. */
export interface ShownCheck extends CheckAnswer {
  group: string
  title: string
  canOverride: boolean
  first: CheckOffender[]
}

export type CheckResult = Awaited<ReturnType<typeof askAll>>

/** Asks every check over one pass of the plan; keeps nothing on disk. */
async function askAll(context: CheckContext) {
  const first = new Map<string, CheckOffender[]>()
  const answers = new Map<string, CheckAnswer>()
  const sink: CheckSink = {
    async offenders(key, list) {
      const known = first.get(key) ?? []
      const found = list.filter((one) => one.list === undefined)
      first.set(key, [...known, ...found].slice(0, shownOffenders))
    },
    async settle(answer) {
      answers.set(answer.key, answer)
    },
  }
  const session = createCheckSession(allChecks, sink)
  const { snapshot, options, site } = context
  const facts = site.facts ?? emptySite(snapshot)
  const planned: Record<string, number> = {}
  const markup = createMarkup()
  try {
    for await (const { kind, leftOut } of session.tap(
      planAll(snapshot, facts, options, markup.toAdf),
      site.facts !== null,
    ))
      if (!leftOut) planned[kind] = (planned[kind] ?? 0) + 1
  } finally {
    await markup.close()
  }
  await session.conclude(context)
  const latencyMs = site.facts && site.more.latencyMs
  const forecast = { ...session.forecast(), latencyMs }
  const checks: ShownCheck[] = allChecks.flatMap(({ key, group, title, canOverride }) => {
    const answer = answers.get(key)
    return answer ? [{ ...answer, group, title, canOverride, first: first.get(key) ?? [] }] : []
  })
  const counts = { success: 0, warning: 0, error: 0, incomplete: 0, pending: 0 }
  for (const { status } of checks) counts[status] += 1
  return {
    checks,
    counts,
    planned,
    announced: forecast.reasons,
    requests: requestsOf(forecast),
    estimatedSeconds: estimateSeconds(forecast),
  }
}

/** The answers of a named site, until the command is stopped; the problem where it gives none. */
async function answersOf(
  access: SiteQuestion['access'],
  snapshot: Snapshot,
  options: PlanOptions,
): Promise<CheckContext['site']> {
  const aborter = new AbortController()
  const stop = () => aborter.abort()
  process.once('SIGINT', stop)
  try {
    const asked = await askSite({
      access,
      snapshot,
      options: async () => options,
      fallback: () => options,
      answers: async (read, facts) => ({ facts, more: await siteMore(read), problem: null }),
      signal: aborter.signal,
    })
    await asked.close()
    return asked.answers
  } finally {
    process.off('SIGINT', stop)
  }
}

/** A practice site that lives only as long as the question, with the source's people invited. */
async function askPractice(
  snapshot: Snapshot,
  options: PlanOptions,
): Promise<CheckContext['site']> {
  const stateDir = mkdtempSync(join(tmpdir(), 'landfall-practice-'))
  const practice = createPracticeHost({ stateDir, port: 0, rateLimits: 'off' })
  try {
    return await answersOf(() => practice.access(snapshot), snapshot, options)
  } finally {
    await practice.close()
    rmSync(stateDir, { recursive: true, force: true })
  }
}
