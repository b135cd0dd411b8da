import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { PlanOptions } from '../../../shared/plan.ts'

type FindFile = NonNullable<PlanOptions['findFile']>

/** Directories looked at are remembered, but only so many: a source can have a hundred thousand of them. */
const rememberedDirectories = 64

/**
 * Finds the bytes of attachments in a Jira home's attachments folder. Three layouts exist
 * (facts: Attachment files), and they occur beside each other:
 *   up to 4.1   PKEY/PKEY-12/10000_file name.png
 *   4.x to 6.x  PKEY/PKEY-12/10000
 *   7.x on      PKEY/10000/PKEY-12/10000      the first 10000 is the bucket of issue numbers
 * PKEY is the project's first key; the later ones are tried after it.
 * @param folder the attachments folder, or a Jira home or shared home that holds it
 */
export function createFileFinder(folder: string): FindFile {
  const root =
    [join(folder, 'data', 'attachments'), join(folder, 'attachments'), folder].find((path) =>
      existsSync(path),
    ) ?? folder
  const listings = new Map<string, string[]>()

  function list(directory: string): string[] {
    const known = listings.get(directory)
    if (known) return known
    const names = existsSync(directory) ? readdirSync(directory) : []
    if (listings.size >= rememberedDirectories)
      listings.delete(listings.keys().next().value as string)
    listings.set(directory, names)
    return names
  }

  return ({ attachmentId, filename, projectOriginalKey, projectKeys, number, issueKey }) => {
    const bucket = String((Math.floor((number - 1) / 10_000) + 1) * 10_000)
    const keys = [...new Set([projectOriginalKey, ...projectKeys, issueKey.replace(/-\d+$/, '')])]
    for (const key of keys)
      for (const directory of [
        join(root, key, bucket, `${key}-${number}`),
        join(root, key, `${key}-${number}`),
      ]) {
        const name = pick(list(directory), attachmentId, filename)
        if (name === null) continue
        const path = join(directory, name)
        const stat = statSync(path)
        if (stat.isFile()) return { path, size: stat.size }
      }
    return null
  }
}

/** The file of this attachment among a directory's names; its thumbnail lies beside it under the same number. */
function pick(names: string[], id: string, filename: string): string | null {
  if (names.includes(id)) return id
  if (names.includes(`${id}_${filename}`)) return `${id}_${filename}`
  const own = names.filter((name) => name.startsWith(`${id}_`))
  return own.find((name) => !name.startsWith(`${id}_thumb_`)) ?? null
}
