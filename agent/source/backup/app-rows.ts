import { type AppCell, createObjectsScanner } from './objects.ts'
import { openBackup } from './open.ts'

export interface AppRow {
  table: string
  cells: AppCell[]
}

/**
 * The rows of some of the apps' tables, read from the backup again: a snapshot does not keep them. They come
 * in the order of the file, table by table, in pages of as many as one megabyte of it holds, so memory stays
 * flat. Throws a Problem (source-…) when the backup cannot be read any more, or the signal's reason.
 */
export async function* appRows(
  path: string,
  wants: (table: string) => boolean,
  signal: AbortSignal,
): AsyncGenerator<AppRow[]> {
  const { objects, label } = await openBackup(path)
  if (objects === null) return
  let page: AppRow[] = []
  const scanner = createObjectsScanner(
    { row: () => undefined },
    `${label} (${objects.name})`,
    () => undefined,
    { wants, row: (table, cells) => page.push({ table, cells }) },
  )
  for await (const chunk of objects.bytes(signal)) {
    signal.throwIfAborted()
    scanner.write(chunk)
    if (page.length) yield page
    page = []
  }
  scanner.end()
}
