import { afterTables } from './schema-after.ts'
import { fileTables } from './schema-files.ts'
import { repairTables } from './schema-repair.ts'
import { verifyTables } from './schema-verify.ts'

/**
 * The second version of the ledger: what came after the line itself stood. Each room's tables are a string
 * of their own file, put together here, so that a ledger of the first version is brought up to date at once.
 */
const parts: readonly string[] = [afterTables, repairTables, fileTables, verifyTables]

export const secondVersion = parts.join('\n')
