import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { WriteStream } from 'node:fs'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from './answer.ts'
import { parseMultipart } from './multipart.ts'

/** Bytes of the largest attachment: 1 GB, what a new site allows. */
export const uploadLimit = 1_073_741_824
/** Files in one request, by the documents. */
const mostFiles = 60

export interface Received {
  filename: string
  mimeType: string
  size: number
  /** Name of the file in the folder of attachments. */
  file: string
}

/**
 * Streams the parts named "file" of a multipart request to disk and says what came.
 * Refused as documented: 403 without X-Atlassian-Token: no-check, 413 for too many or too large files.
 */
export async function receiveFiles(request: Request, folder: string): Promise<Received[]> {
  if (request.headers.get('x-atlassian-token')?.toLowerCase() !== 'no-check')
    throw new Refusal(403, ['XSRF check failed'])
  const boundary = /boundary="?([^";]+)"?/.exec(request.headers.get('content-type') ?? '')?.[1]
  if (!boundary || !request.body)
    throw new Refusal(415, ['The request is not multipart/form-data with a boundary.'])
  const received: Received[] = []
  let output: WriteStream | null = null
  let current: Received | null = null
  const finish = async () => {
    if (output) {
      output.end()
      await once(output, 'close')
    }
    output = null
    current = null
  }
  try {
    for await (const event of parseMultipart(request.body, boundary)) {
      if (event.type === 'part') {
        await finish()
        if (event.name !== 'file' || event.filename === null) continue
        if (received.length === mostFiles)
          throw new Refusal(413, [`At most ${mostFiles} files can be attached in one request.`])
        current = {
          filename: event.filename,
          mimeType: event.contentType ?? 'application/octet-stream',
          size: 0,
          file: randomUUID(),
        }
        received.push(current)
        output = createWriteStream(join(folder, current.file))
      } else if (current !== null && output !== null) {
        const part: Received = current
        part.size += event.chunk.length
        if (part.size > uploadLimit)
          throw new Refusal(413, [
            `The file "${part.filename}" exceeds its maximum permitted size.`,
          ])
        const stream: WriteStream = output
        if (!stream.write(event.chunk)) await once(stream, 'drain')
      }
    }
    await finish()
    return received
  } catch (cause) {
    await finish()
    await Promise.all(received.map((each) => rm(join(folder, each.file), { force: true })))
    throw cause
  }
}
