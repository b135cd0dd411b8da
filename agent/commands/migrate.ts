import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Problem } from '../../shared/problem.ts'
import type { VerificationWishes } from '../ledger/verification-wishes.ts'
import type { Overrides } from '../line.ts'
import { allChecks } from '../plan/checks/all.ts'
import { afterText } from './after.ts'
import { type AppWishes, appsText, appWishes } from './app-wishes.ts'
import { defaultOut, type LineResult, runOnce } from './line.ts'
import { overridesFrom, siteFrom, usage } from './options.ts'
import { countsText, createOutput, type Output } from './output.ts'
import { type GivenSource, projectsFrom, sourceFrom, sourceName, sourceOptions } from './source.ts'
import { verificationText } from './verification.ts'

export const shared = {
  ...sourceOptions,
  json: { type: 'boolean' },
  attachments: { type: 'string' },
  'time-zone': { type: 'string' },
  site: { type: 'string' },
  email: { type: 'string' },
  'token-file': { type: 'string' },
  projects: { type: 'string' },
  out: { type: 'string' },
  after: { type: 'boolean' },
} as const

/** migrate SOURCE: the whole line. Exit code 0 when it finished, 3 when it ended incomplete, 1 when it failed. */
export async function migrate(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...shared,
      practice: { type: 'boolean' },
      'dry-run': { type: 'boolean' },
      override: { type: 'string', multiple: true },
      who: { type: 'string' },
      apps: { type: 'boolean' },
      app: { type: 'string', multiple: true },
    },
  })
  const source = sourceFrom(positionals, 'migrate', { ...values, 'token-file': undefined })
  const site = siteFrom(values)
  if (!site === !values.practice)
    throw usage(
      'Say where to: --practice, or --site with --email and --token-file.',
      'Begin with --practice: it needs nothing, and shows what would happen.',
    )
  const { override, who, apps, app, ...others } = values
  return run(others, {
    source,
    site,
    mode: 'move',
    dry: values['dry-run'] ?? false,
    overrides: overridesFrom(override ?? [], who ?? null, allChecks),
    apps: appWishes(apps ?? false, app ?? []),
  })
}

type Values = { [K in keyof typeof shared]?: string | boolean | undefined }

/** Carries a migration or a verification out, and shows how it ended. @returns the exit code */
export async function run(
  values: Values,
  what: {
    source: GivenSource
    site: ReturnType<typeof siteFrom>
    mode: 'move' | 'verify'
    dry: boolean
    overrides: Overrides
    apps: AppWishes | null
    verification?: VerificationWishes
  },
): Promise<number> {
  const output = createOutput(values.json === true)
  const text = (name: keyof Values) => (typeof values[name] === 'string' ? values[name] : null)
  const attachments = text('attachments')
  if (attachments !== null && what.source.access)
    throw usage(
      'A Jira that runs gives its files itself.',
      'Leave --attachments away, or name a backup.',
    )
  if (attachments !== null && !existsSync(attachments))
    throw new Problem('source-missing', `There is no attachments folder at ${attachments}.`, {
      hint: "Name the attachments folder of Jira's home, or leave --attachments away.",
    })
  const result = await runOnce(
    {
      ...what,
      attachments: attachments === null ? null : resolve(attachments),
      timeZone: text('time-zone'),
      projects: projectsFrom(text('projects') ?? undefined),
      after: values.after === true,
      out: resolve(text('out') ?? defaultOut(sourceName(what.source), new Date())),
    },
    output,
  )
  return show(result, output)
}

function show(result: LineResult, output: Output): number {
  output.result(
    result,
    [
      countsText(result.counts),
      ...(result.apps?.length ? ['', appsText(result.apps)] : []),
      '',
      result.sentence,
      ...(result.verification ? verificationText(result.verification) : []),
      ...(result.after ? [afterText(result.after)] : []),
      `Keys preserved: ${result.keysPreserved ? 'yes' : 'no'}. ${result.requests.toLocaleString('en')} requests in ${result.seconds} s.`,
      `Report: ${result.out}`,
    ].join('\n'),
  )
  if (result.problem) output.say(`${result.problem.sentence}\n${result.problem.hint}`)
  if (result.status === 'finished') return 0
  return result.status === 'failed' ? 1 : 3
}
