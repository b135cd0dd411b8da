import { createReadStream } from 'node:fs'
import { Problem } from '../../shared/problem.ts'
import type { Difference } from '../../shared/report.ts'
import type { SiteAttachment } from '../cloud/reading.ts'
import { fileHash } from '../ledger/file-hashes.ts'
import { type ItemRow, promiseOf, type VerdictChange } from '../ledger/items.ts'
import { hashOnSite, sha256 } from './bytes.ts'
import { judged, missing, type VerifyContext } from './judge.ts'

export { sha256 }

/** A file is verified when every byte that the site gives back is the byte of the source's file. */
export async function verifyAttachment(
  ctx: VerifyContext,
  item: ItemRow,
  found: SiteAttachment[],
  taken: Set<string>,
): Promise<VerdictChange> {
  const promise = promiseOf(item, 'attachment')
  const one =
    found.find((file) => file.id === item.siteId) ??
    found.find(
      (file) =>
        file.filename === promise.filename && file.size === promise.size && !taken.has(file.id),
    ) ??
    found.find((file) => file.filename === promise.filename && !taken.has(file.id))
  if (!one) return missing(item)
  taken.add(one.id)
  const differences: Difference[] = []
  if (one.filename !== promise.filename)
    differences.push({ field: 'file name', promised: promise.filename, found: one.filename })
  if (one.size !== promise.size)
    differences.push({
      field: 'size (bytes)',
      promised: String(promise.size),
      found: String(one.size),
    })
  else {
    const here = await hashAtSource(ctx, item)
    if (typeof here !== 'string') return { ...missing(item), reason: here }
    const there = await hashOnSite(ctx, one.id)
    if (typeof there !== 'string') return { ...missing(item), reason: there }
    if (there !== here)
      differences.push({ field: 'content (SHA-256)', promised: here, found: there })
  }
  return judged(item, one.id, differences)
}

/** As it was when it was sent, where it came from a live source: that may be gone by now. */
export async function hashAtSource(
  ctx: VerifyContext,
  item: ItemRow,
): Promise<string | { code: string; text: string }> {
  const { path, size } = promiseOf(item, 'attachment')
  if (!ctx.fetchFile) return sha256(createReadStream(path))
  const known = await fileHash(ctx.db, ctx.migrationId, item.sourceId)
  if (known !== null) return known
  try {
    const file = await ctx.fetchFile(path, size)
    file.release()
    return file.sha256
  } catch (error) {
    if (ctx.signal.aborted || !(error instanceof Problem)) throw error
    return { code: error.code, text: `It could not be compared: ${error.message}` }
  }
}
