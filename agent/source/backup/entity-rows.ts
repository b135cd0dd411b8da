import { appRows } from './app-rows.ts'
import { openBackup } from './open.ts'
import { createScanner } from './scan.ts'

/** A row as the file has it: attributes in the order in which the entity's were first met, without those it lacks. */
export type EntityRow = { column: string; value: string | null }[]

/**
 * The rows of an entity that a snapshot only counts, or of a table of apps, read from the backup again, in pages of
 * as many as one megabyte of it holds: memory stays flat.
 * Throws a Problem (source-…) when the backup cannot be read any more, or the signal's reason.
 */
export async function* entityRows(
  path: string,
  entity: string,
  signal: AbortSignal,
): AsyncGenerator<EntityRow[]> {
  const { entities, label } = await openBackup(path)
  let page: EntityRow[] = []
  let met = false
  const names: string[] = []
  const row = (values: (string | null)[]) => {
    met = true
    page.push(
      names.flatMap((column, i) =>
        values[i] === null || values[i] === undefined ? [] : [{ column, value: values[i] }],
      ),
    )
  }
  const scanner = createScanner(
    {
      root: () => undefined,
      comment: () => undefined,
      plan: (name) =>
        name === entity ? { columns: [], whole: (attribute) => names.push(attribute), row } : null,
    },
    label,
  )
  for await (const chunk of entities.bytes(signal)) {
    signal.throwIfAborted()
    scanner.write(chunk)
    if (page.length) yield page
    page = []
  }
  scanner.end()
  if (page.length) yield page
  if (met) return
  for await (const rows of appRows(path, (name) => name === entity, signal))
    yield rows.map(({ cells }) => cells.map(({ column, value }) => ({ column, value })))
}
