import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { hasData, inventory } from '../apps/inventory.ts'
import { loadRegistry } from '../apps/registry.ts'
import { defaultFolder, folderParts } from '../config.ts'
import { readSource } from '../read.ts'
import { openAppFacts } from '../snapshot/apps.ts'
import { createOutput, table } from './output.ts'
import { sourceFrom, sourceOptions } from './source.ts'

/** apps BACKUP: every app that left a trace, what it left, and how its data would move. */
export async function apps(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      folder: { type: 'string' },
      'token-file': { type: 'string' },
      ...sourceOptions,
    },
  })
  const output = createOutput(values.json ?? false)
  const source = sourceFrom(positionals, 'apps', values)
  const registry = await loadRegistry(folderParts(values.folder ?? defaultFolder()).appPaths)
  for (const problem of registry.problems) output.say(problem)
  const folder = mkdtempSync(join(tmpdir(), 'landfall-'))
  const aborter = new AbortController()
  const stop = () => aborter.abort()
  process.once('SIGINT', stop)
  try {
    const snapshotPath = join(folder, 'snapshot.sqlite')
    await readSource({
      ...source,
      snapshotPath,
      timeZone: null,
      signal: aborter.signal,
      onProgress: () => undefined,
    })
    const facts = openAppFacts(snapshotPath)
    const found = inventory(facts).map(({ propertyKeys, ...app }) => ({
      ...app,
      propertyKeys,
      data: hasData(app),
      paths: registry.of(app, 'needed', false).map(({ title }) => title),
    }))
    facts.close()
    const rows = found
      .filter(({ system }) => !system)
      .map(({ key, name, trace, data, paths }) => [
        key,
        name,
        String(trace.tables.reduce((sum, { rows }) => sum + rows, 0)),
        String(trace.properties.reduce((sum, { count }) => sum + count, 0)),
        String(trace.fields.length),
        String(trace.workflows.length),
        data ? paths.join(', ') || 'no automated path' : 'no data',
      ])
    const head = ['app', 'name', 'rows in tables', 'properties', 'fields', 'workflows', 'path']
    output.result({ apps: found }, table([head, ...rows]))
    return 0
  } finally {
    process.off('SIGINT', stop)
    rmSync(folder, { recursive: true, force: true })
  }
}
