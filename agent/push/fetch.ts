import { Problem } from '../../shared/problem.ts'
import type { Outcome } from '../cloud/writing.ts'
import { keepFileHash } from '../ledger/file-hashes.ts'
import { type ItemRow, promiseOf } from '../ledger/items.ts'
import type { PushContext } from './sender.ts'

/** A file that was brought to this machine, until it is let go. */
export interface FetchedFile {
  path: string
  sha256: string
  release(): void
}
/** Brings a file of a live source here. Throws a Problem. */
export type FetchFile = (address: string, size: number) => Promise<FetchedFile>

/** Attaches a file, after bringing it here where it is at a live source. What cannot be brought fails this item alone. */
export async function attachFile(ctx: PushContext, item: ItemRow): Promise<Outcome> {
  const promise = promiseOf(item, 'attachment')
  if (!ctx.fetchFile) return ctx.write.attach(promise)
  let file: FetchedFile
  try {
    file = await ctx.fetchFile(promise.path, promise.size)
  } catch (error) {
    if (ctx.signal.aborted || !(error instanceof Problem)) throw error
    const { code, message, hint } = error
    return { ok: false, code, text: message, hint, again: true }
  }
  try {
    await keepFileHash(ctx.db, ctx.migrationId, item.sourceId, file.sha256)
    return await ctx.write.attach({ ...promise, path: file.path })
  } finally {
    file.release()
  }
}
