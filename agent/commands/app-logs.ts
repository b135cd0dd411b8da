import { Problem } from '../../shared/problem.ts'
import { appLogPage, omittedLines } from '../ledger/app-log.ts'
import { needApp } from '../ledger/apps.ts'
import { appLogCsv } from '../report/app-log-csv.ts'
import { withApp } from './app-folder.ts'

/** app-logs RUN APP: the log as CSV on stdout, newest first; with --json as one object {app, lines, omitted}. */
export const appLogs = (args: string[]): Promise<number> =>
  withApp('app-logs', args, async ({ mover, ledger, migration, key, output }) => {
    const app = await mover.one(migration.id, key)
    if (app.log !== null)
      throw new Problem('not-now', app.log, { hint: 'apps and the report show what there is.' })
    const row = await needApp(ledger.db, migration.id, key)
    const now = Date.now()
    if (output.json) {
      const lines = await appLogPage(ledger.db, row, { now, before: null, limit: 4000 })
      const omitted = await omittedLines(ledger.db, row, now)
      output.result({ app: key, status: app.status, lines, omitted }, '')
    } else for await (const bytes of appLogCsv(ledger.db, row, now)) process.stdout.write(bytes)
    return 0
  })
