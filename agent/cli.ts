import { enableCompileCache } from 'node:module'
import { resolve } from 'node:path'
import { usage } from './commands/options.ts'
import { sayProblem } from './commands/output.ts'

// Before the first command is loaded: its code is stripped of types and compiled once for all starts, which halves
// each later one. Not in Node's usual place, the temporary folder: what is run must be nobody else's to write.
enableCompileCache(resolve(import.meta.dirname, '../node_modules/.cache/landfall'))

type Command = (args: string[]) => Promise<number>

/** Loaded when called: `inspect` need not wait for the site client, nor `practice` for the markup converter. */
const commands: Record<string, () => Promise<Command>> = {
  inspect: async () => (await import('./commands/inspect.ts')).inspectCommand,
  check: async () => (await import('./commands/check.ts')).check,
  migrate: async () => (await import('./commands/migrate.ts')).migrate,
  verify: async () => (await import('./commands/verify.ts')).verify,
  apps: async () => (await import('./commands/apps.ts')).apps,
  'app-logs': async () => (await import('./commands/app-logs.ts')).appLogs,
  'app-rerun': async () => (await import('./commands/app-rerun.ts')).appRerun,
  'app-cancel': async () => (await import('./commands/app-cancel.ts')).appCancel,
  report: async () => (await import('./commands/report.ts')).report,
  practice: async () => (await import('./commands/practice.ts')).practice,
  serve: async () => (await import('./commands/serve.ts')).serve,
}

const help = `Landfall moves Jira Server and Data Center to Jira Cloud and proves that everything arrived.

  npm run -s landfall -- inspect BACKUP                what is in it
  npm run -s landfall -- check BACKUP                  what to mend before a run, what will not survive, and why
      [--practice | --site URL --email E --token-file F] [--attachments DIR] [--projects A,B]
  npm run -s landfall -- migrate BACKUP --practice     the whole line, into a practice site
  npm run -s landfall -- migrate BACKUP --site URL --email E --token-file F
      [--attachments DIR] [--projects A,B] [--time-zone ZONE] [--dry-run] [--out DIR]
      [--after: asks what is not right on the site afterwards; for verify, too]
      [--override CHECK=NOTE] [--who NAME] [--apps] [--app 'KEY=needed|not needed|archive']
  npm run -s landfall -- verify BACKUP --site URL --email E --token-file F
      what another program migrated, too: [--id-mappings FILE] [--sample N]
      [--attachments DIR] [--projects A,B] [--time-zone ZONE] [--out DIR]
  npm run -s landfall -- apps BACKUP                   which apps left data, and how it would move
  npm run -s landfall -- app-logs RUN APP              what happened to an app's data, as CSV
  npm run -s landfall -- app-rerun RUN APP             a failed or incomplete one, from where it was
      [--token-file F]
  npm run -s landfall -- app-cancel RUN APP            cannot be reversed; the others go on
      [--token-file F]

A SOURCE is a BACKUP, or the address of a Jira Server or Data Center that runs:
  npm run -s landfall -- inspect https://jira.acme.com --token-file F
  npm run -s landfall -- check   https://jira.acme.com --source-token-file F [...]
  npm run -s landfall -- migrate https://jira.acme.com --source-token-file F --practice
      F holds a personal access token; with --source-user NAME that user's password (before Jira 8.14)

  npm run -s landfall -- report RUN                    writes the report of a run anew
  npm run -s landfall -- practice --port P [--state DIR] [--rate-limits real|off]
  npm run -s landfall -- serve [--port P] [--folder DIR]

Each takes --json: one JSON object on stdout, words on stderr. Exit code 0 means success.`

/** Runs one command of the command line. @returns the exit code: 0 success, 3 ended incomplete, 1 anything else. */
export async function cli(argv: string[]): Promise<number> {
  const [name, ...args] = argv
  const json = args.includes('--json')
  try {
    if (!name || name === 'help' || name === '--help') {
      process.stdout.write(`${help}\n`)
      return name ? 0 : 1
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (!command)
      throw usage(`There is no command "${name}".`, 'npm run -s landfall -- help lists them.')
    return await (await command())(args)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    sayProblem(
      code.startsWith('ERR_PARSE_ARGS')
        ? usage((error as Error).message, 'npm run -s landfall -- help lists the options.')
        : error,
      json,
    )
    return 1
  }
}

if (import.meta.main) {
  process.exitCode = await cli(process.argv.slice(2))
  leave()
}

/** What an app's path has left behind, such as a timer, must not keep a command that is done from ending. */
function leave(): void {
  const wait = setTimeout(() => (process.stdout.writableLength ? leave() : process.exit()), 1000)
  wait.unref()
}
