import * as v from 'valibot'
import { checkDump, type Dumped, jsonValue, openDump } from './dump.ts'
import type { AppContext } from './path.ts'

const DumpedSchema = v.object({
  name: v.string(),
  rows: v.number(),
  files: v.array(v.object({ name: v.string(), bytes: v.number(), sha256: v.string() })),
})
const table = (name: string) => `table:${name}`

/** What was written of a table, null while it was not. */
export async function dumpOf(context: AppContext, name: string): Promise<Dumped | null> {
  const known = v.safeParse(DumpedSchema, await context.checkpoint.get(table(name)))
  return known.success ? known.output : null
}

/** One record a table, which stands for its rows. */
export const planTables = (context: AppContext): Promise<void> =>
  context.records.add(
    context.app.trace.tables.map(({ name, rows }) => ({
      sourceId: name,
      label: `Table ${name}`,
      rows,
      leftOut: null,
    })),
  )

/**
 * Writes the app's tables into files, one pass over the source; tables that are done are passed over.
 * onDone: each table as soon as its files are whole.
 */
export async function dumpTables(
  context: AppContext,
  share: number,
  onDone: (dumped: Dumped) => Promise<void>,
): Promise<void> {
  const names = context.app.trace.tables.map(({ name }) => name)
  const records = await context.records.of(names)
  const missing = new Set(names.filter((name) => records.get(name)?.verdict === null))
  for (const name of missing) if (await dumpOf(context, name)) missing.delete(name)
  const all = context.app.trace.tables.reduce((sum, { rows }) => sum + rows, 0)
  const open: { name: string; dump: Awaited<ReturnType<typeof openDump>> }[] = []
  let done = 0
  const close = async () => {
    const last = open.pop()
    if (!last) return
    const dumped = await last.dump.close()
    await context.checkpoint.set(table(last.name), dumped)
    await onDone(dumped)
  }
  if (missing.size)
    for await (const page of context.tables((name) => missing.has(name))) {
      for (let i = 0; i < page.length; ) {
        const name = page[i]?.table ?? ''
        let end = i
        while (page[end]?.table === name) end++
        let current = open[0]
        if (current?.name !== name) {
          await close()
          current = { name, dump: await openDump(context, name) }
          open.push(current)
        }
        const rows = page.slice(i, end)
        await current.dump.write(
          rows.map(({ cells }) =>
            Object.fromEntries(cells.map((cell) => [cell.column, jsonValue(cell)])),
          ),
        )
        done += rows.length
        i = end
      }
      context.progress((share * done) / Math.max(all, 1), `${done} rows of its tables kept.`)
    }
  await close()
}

/** Reads the files back and says of each table whether every row of the source is in them. */
export async function checkTables(context: AppContext): Promise<void> {
  for (const { name, rows } of context.app.trace.tables) {
    const record = (await context.records.of([name])).get(name)
    if (!record || record.verdict === 'leftOut') continue
    const dumped = await dumpOf(context, name)
    const wrong =
      dumped === null
        ? 'It was not written.'
        : dumped.rows !== rows
          ? `The backup now has ${dumped.rows} rows of it instead of ${rows}.`
          : await checkDump(context, dumped)
    // A file that is not what was written is written anew by a re-run.
    if (wrong !== null) await context.checkpoint.set(table(name), null)
    await context.records.settle([
      { n: record.n, verdict: wrong === null ? 'verified' : 'failed', reason: wrong },
    ])
    if (wrong !== null) context.log('error', 'table', `${name}: ${wrong}`)
  }
}
