import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Problem } from '../../shared/problem.ts'
import { defaultFolder, folderParts } from '../config.ts'
import { getMigration } from '../ledger/migrations.ts'
import { openLedger } from '../ledger/open.ts'
import { writeReport } from '../report/report.ts'
import { one } from './options.ts'
import { createOutput } from './output.ts'

/** report RUN: writes the report anew from the ledger. RUN is a migration's id, or a folder that migrate left. */
export async function report(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, folder: { type: 'string' }, out: { type: 'string' } },
  })
  const output = createOutput(values.json ?? false)
  const asked = positionals[0] ?? ''
  const isFolder = existsSync(folderParts(one(positionals, 'run', 'report')).ledger)
  const folder = folderParts(isFolder ? resolve(asked) : resolve(values.folder ?? defaultFolder()))
  if (!existsSync(folder.ledger))
    throw new Problem('not-found', `There is no ledger in ${folder.root}.`, {
      hint: 'Name the folder that migrate --out wrote, or the migration and --folder.',
    })
  const ledger = openLedger(folder.ledger)
  try {
    const newest = await ledger.db
      .selectFrom('migration')
      .select('id')
      .orderBy('createdAt', 'desc')
      .executeTakeFirst()
    const migration = await getMigration(ledger.db, isFolder ? (newest?.id ?? '') : asked)
    const out = resolve(values.out ?? folder.report(migration.id))
    const files = await writeReport({
      db: ledger.db,
      migrationId: migration.id,
      folder: out,
      now: Date.now(),
    })
    output.result({ status: migration.status, out, files }, `Report written to ${out}`)
    return 0
  } finally {
    await ledger.close()
  }
}
