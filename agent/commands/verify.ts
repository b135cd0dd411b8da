import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { run, shared } from './migrate.ts'
import { siteFrom, usage } from './options.ts'
import { sourceFrom } from './source.ts'

/** verify SOURCE --site URL: reads any site, also one that another program filled, and writes nothing to it. */
export async function verify(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...shared, 'id-mappings': { type: 'string' }, sample: { type: 'string' } },
  })
  const { 'id-mappings': mappings, sample, ...others } = values
  const source = sourceFrom(positionals, 'verify', { ...others, 'token-file': undefined })
  const site = siteFrom(others)
  if (!site)
    throw usage(
      'Say which site: --site with --email and --token-file.',
      'For example: --site https://acme.atlassian.net --email admin@acme.com --token-file token.txt',
    )
  return run(others, {
    ...{ source, site, mode: 'verify', dry: false, overrides: new Map(), apps: null },
    verification: {
      mappings: mappings === undefined ? null : resolve(mappings),
      sample: sampleFrom(sample),
    },
  })
}

/** A bigger sample is no sample: the verdicts of all issues come anyway. */
const mostSampled = 100_000

function sampleFrom(text: string | undefined): number | null {
  if (text === undefined) return null
  const size = Number(text)
  if (!/^\d+$/.test(text) || size > mostSampled)
    throw usage(
      `--sample is no number of issues: ${text}`,
      `Give a number from 0 (none is looked at before the others) to ${mostSampled.toLocaleString('en')}; without it, 400 are.`,
    )
  return size
}
