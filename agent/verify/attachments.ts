import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Difference } from '../../shared/report.ts'
import type { SiteAttachment } from '../cloud/reading.ts'
import { type ItemRow, promiseOf, type VerdictChange } from '../ledger/items.ts'
import { judged, missing, type VerifyContext } from './judge.ts'

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
    const [there, here] = await Promise.all([
      sha256(await ctx.read.content(one.id)),
      sha256(createReadStream(promise.path)),
    ])
    if (there !== here)
      differences.push({ field: 'content (SHA-256)', promised: here, found: there })
  }
  return judged(item, one.id, differences)
}

export async function sha256(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of chunks) hash.update(chunk)
  return hash.digest('hex')
}
