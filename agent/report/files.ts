import { createReadStream, createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import JSZip from 'jszip'

/** Writes chunks as they come; the file has its name only once it is whole. */
export async function writeChunks(
  path: string,
  chunks: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  const part = `${path}.part`
  await pipeline(Readable.from(chunks, { objectMode: true }), createWriteStream(part))
  await rename(part, path)
}

/**
 * Packs files of a folder into one zip there, as streams: however long they are, memory stays flat.
 * @param texts short ones that lie in the zip only, by name
 */
export async function writeZip(
  folder: string,
  name: string,
  files: readonly string[],
  at: number,
  texts: Record<string, string> = {},
): Promise<void> {
  const zip = new JSZip()
  for (const [file, text] of Object.entries(texts))
    zip.file(file, text, { date: new Date(at), createFolders: false })
  // Zip has room for 32 bits of size without extensions; the longest report file is far below.
  for (const file of files)
    zip.file(file, createReadStream(join(folder, file)), {
      date: new Date(at),
      createFolders: false,
    })
  const part = join(folder, `${name}.part`)
  await pipeline(
    zip.generateNodeStream({ streamFiles: true, compression: 'DEFLATE' }),
    createWriteStream(part),
  )
  await rename(part, join(folder, name))
}
