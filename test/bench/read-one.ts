/** One measured process: read-one.ts scan|snapshot BACKUP SNAPSHOT. Says how many rows there were. */
import { rmSync } from 'node:fs'
import { readSource } from '../../agent/read.ts'
import { openBackup } from '../../agent/source/backup/open.ts'
import { createScanner } from '../../agent/source/backup/scan.ts'

const [what, path = '', snapshotPath = ''] = process.argv.slice(2)
const signal = new AbortController().signal
let rows = 0
if (what === 'scan') {
  const { entities } = await openBackup(path)
  const scanner = createScanner({ root() {}, comment() {}, plan: () => null }, path)
  for await (const chunk of entities.bytes(signal)) scanner.write(chunk)
  scanner.end()
  rows = scanner.rows()
} else {
  const onProgress = (progress: { rows: number }) => {
    rows = progress.rows
  }
  await readSource({ path, snapshotPath, timeZone: null, signal, onProgress })
  rmSync(snapshotPath)
}
console.log(`${rows} rows`)
