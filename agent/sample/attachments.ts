import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hour, wall } from './clock.ts'
import type { Entities } from './entities.ts'
import { fileBytes, mimetypes } from './files.ts'
import type { SampleIssue } from './issue.ts'
import type { Oddity } from './oddities.ts'
import { staff } from './people.ts'
import type { Random } from './random.ts'

const names = [
  'timeline.png',
  'after-fix.png',
  'settlement-example.csv',
  'gateway.log',
  'Bildschirmfoto 2023-05-04 um 09.14.png',
  'notes (final) [2].txt',
]

/** Files of an issue, in Jira's layout since 7.0: KEY/bucket/KEY-12/id, KEY being the project's first key. */
export function addAttachments(
  entities: Entities,
  random: Random,
  folder: string,
  issue: SampleIssue,
  odd: Oddity | null,
): void {
  const count = odd?.missingFile ? 2 : random.chance(0.25) ? random.below(2) + 1 : 0
  for (let n = 0; n < count; n += 1) {
    const filename = random.pick(names)
    const seed = random.below(1_000)
    const bytes = fileBytes(filename, seed)
    const id = entities.add('FileAttachment', {
      issue: issue.id,
      mimetype: mimetypes[filename.split('.').at(-1) ?? ''],
      filename,
      created: wall(issue.created + (n + 2) * hour),
      filesize: bytes.length,
      author: random.chance(0.05) ? undefined : random.pick(staff).key,
    })
    // The row without a file: it happens wherever somebody tidied up the disk.
    if (odd?.missingFile && n === 1) continue
    const { originalKey } = issue.project
    const bucket = String((Math.floor((issue.number - 1) / 10_000) + 1) * 10_000)
    const directory = join(folder, originalKey, bucket, `${originalKey}-${issue.number}`)
    mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, id), bytes)
  }
}
