import { checkDump, type Dumped, openDump } from '../dump.ts'
import type { AppContext, AppPath } from '../path.ts'
import { checkTables, dumpOf, dumpTables, planTables } from '../tables.ts'

/** The lists beside the tables that are kept too where only an archive is wanted. */
const lists = { properties: 'entity-properties', fields: 'field-values' } as const

/**
 * The app's data as files beside the report: each of its tables as CSV and JSON, with a manifest that names
 * rows, bytes and hashes. So nothing is lost where there is no way to the site.
 */
export const path: AppPath = {
  key: 'archive',
  title: 'Archive of its tables as files',
  fits: ({ trace }, decision) =>
    trace.tables.length > 0 ||
    (decision === 'archive' && trace.properties.length + trace.fields.length > 0),

  async plan(context) {
    await planTables(context)
    const { properties, fields } = context.app.trace
    for (const name of wantedLists(context)) {
      const counts =
        name === lists.properties
          ? properties.map(({ count }) => count)
          : fields.map(({ issues }) => issues)
      const rows = counts.reduce((sum, n) => sum + n, 0)
      await context.records.add([{ sourceId: name, label: name, rows, leftOut: null }])
    }
  },

  async run(context) {
    await dumpTables(context, 90, async () => undefined)
    for (const name of wantedLists(context)) {
      const dump = await openDump(context, name)
      if (name === lists.properties) await writeProperties(context, dump)
      else
        for await (const values of context.fieldValues())
          await dump.write(
            values.map(({ values, ...value }) => ({ ...value, values: JSON.stringify(values) })),
          )
      await context.checkpoint.set(`list:${name}`, await dump.close())
    }
    await writeManifest(context)
    context.progress(100, 'The archive is written.')
  },

  async check(context) {
    await checkTables(context)
    for (const name of wantedLists(context)) {
      const record = (await context.records.of([name])).get(name)
      if (!record) continue
      const dumped = (await context.checkpoint.get(`list:${name}`)) as Dumped | null | undefined
      const wrong = dumped ? await checkDump(context, dumped) : 'It was not written.'
      await context.records.settle([
        { n: record.n, verdict: wrong === null ? 'verified' : 'failed', reason: wrong },
      ])
    }
  },
}

type Dump = Awaited<ReturnType<typeof openDump>>

async function writeProperties(context: AppContext, dump: Dump): Promise<void> {
  for await (const page of context.properties())
    await dump.write(
      page.map(({ id, entity, entityId, key, value }) => ({ id, entity, entityId, key, value })),
    )
}

/** Properties and values move by other paths where the app is needed; an archive alone keeps them, too. */
function wantedLists(context: AppContext): string[] {
  if (context.decision !== 'archive') return []
  const { properties, fields } = context.app.trace
  return [
    ...(properties.length ? [lists.properties] : []),
    ...(fields.length ? [lists.fields] : []),
  ]
}

async function writeManifest(context: AppContext): Promise<void> {
  const tables: Dumped[] = []
  for (const { name } of context.app.trace.tables) {
    const dumped = await dumpOf(context, name)
    if (dumped) tables.push(dumped)
  }
  const kept: unknown[] = []
  for (const name of wantedLists(context)) kept.push(await context.checkpoint.get(`list:${name}`))
  const { key, name, trace } = context.app
  const manifest = {
    app: { key, name },
    about:
      'JSON holds every value as it is; in CSV a leading apostrophe keeps spreadsheets from running formulas.',
    tables,
    lists: kept,
    workflows: trace.workflows,
    dashboards: trace.dashboards,
    fields: trace.fields,
  }
  const file = await context.files.create('manifest.json')
  await file.write(`${JSON.stringify(manifest, null, 2)}\n`)
  await file.close()
}
