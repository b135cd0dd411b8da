import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Problem } from '../../shared/problem.ts'
import type { AppService } from '../apps/mover.ts'
import { defaultFolder, folderParts } from '../config.ts'
import { getMigration, type MigrationRow } from '../ledger/migrations.ts'
import { type Ledger, openLedger } from '../ledger/open.ts'
import { openVault } from '../ledger/secrets.ts'
import { createPracticeHost, siteAccess } from '../practice-host.ts'
import { openMover } from './app-wishes.ts'
import { tokenFrom, usage } from './options.ts'
import { createOutput, type Output } from './output.ts'

export interface OneApp {
  mover: AppService
  ledger: Ledger
  migration: MigrationRow
  key: string
  output: Output
}

/**
 * Opens what the commands about one app work on: `COMMAND RUN APP`, where RUN is a folder that migrate left, or
 * a migration's id in the agent's folder. A folder in which an agent is at work is refused (agent-folder-in-use).
 */
export async function withApp(
  command: string,
  args: string[],
  act: (app: OneApp) => Promise<number>,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      folder: { type: 'string' },
      'token-file': { type: 'string' },
    },
  })
  const [run, key, ...more] = positionals
  if (!run || !key || more.length)
    throw usage(
      `${command} needs a run and an app.`,
      `Call it as: npm run -s landfall -- ${command} RUN APP`,
    )
  const isFolder = existsSync(folderParts(resolve(run)).ledger)
  const folder = folderParts(isFolder ? resolve(run) : resolve(values.folder ?? defaultFolder()))
  if (!existsSync(folder.ledger))
    throw new Problem('not-found', `There is no ledger in ${folder.root}.`, {
      hint: 'Name the folder that migrate --out wrote, or the migration and --folder.',
    })
  const ledger = openLedger(folder.ledger)
  const practice = createPracticeHost({ stateDir: folder.practice, port: 0, rateLimits: 'off' })
  try {
    const id = isFolder ? await newest(ledger) : run
    const migration = await getMigration(ledger.db, id)
    const token = async () =>
      values['token-file']
        ? tokenFrom(values['token-file'])
        : ((await openVault(ledger.db, folder.keyFile).get(`site:${id}`)) ?? missingToken())
    const mover = await openMover({
      ledger,
      folder,
      now: Date.now,
      site: siteAccess(practice, token),
    })
    try {
      return await act({
        mover,
        ledger,
        migration,
        key,
        output: createOutput(values.json ?? false),
      })
    } finally {
      await mover.leave()
    }
  } finally {
    await practice.close()
    await ledger.close()
  }
}

async function newest(ledger: Ledger): Promise<string> {
  const row = await ledger.db
    .selectFrom('migration')
    .select('id')
    .orderBy('createdAt', 'desc')
    .executeTakeFirst()
  return row?.id ?? ''
}

function missingToken(): never {
  throw usage('The token of the site is not stored here.', 'Give it with --token-file.')
}

/** Waits until the app migration has ended, and shows it. Exit code 0 for success and canceled, 3 otherwise. */
export async function untilEnded({ mover, migration, key, output }: OneApp): Promise<number> {
  await mover.idle(migration.id, key)
  const app = await mover.one(migration.id, key)
  output.result(app, `${app.name}: ${app.status}. ${app.message}`)
  return app.status === 'success' || app.status === 'canceled' ? 0 : 3
}
