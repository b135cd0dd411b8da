import { Problem } from '../../shared/problem.ts'

/** The one file of a multipart body: its name, and its bytes as they come. */
export interface UploadedFile {
  filename: string
  bytes: AsyncIterable<Uint8Array>
}

const broken = () =>
  new Problem('usage', 'The upload could not be read.', {
    hint: 'Send one part named "file" with a file name, as multipart/form-data.',
  })

/** The headers of one part are short; what is longer is no upload of ours. */
const headersAtMost = 16_384

/**
 * Reads a multipart/form-data body (RFC 7578) as a stream, up to the end of its first file: nothing but a
 * chunk is held in memory, which the usual parsers do not promise.
 */
export async function readUpload(
  contentType: string,
  body: AsyncIterable<Uint8Array>,
): Promise<UploadedFile> {
  const boundary = /^multipart\/form-data\s*;.*\bboundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(
    contentType,
  )
  const mark = boundary?.[1] ?? boundary?.[2]
  if (!mark) throw broken()
  const chunks = body[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  const more = async (): Promise<boolean> => {
    const { done, value } = await chunks.next()
    if (!done) held = Buffer.concat([held, value])
    return !done
  }
  let end = -1
  while (end < 0) {
    end = held.indexOf('\r\n\r\n')
    if (end >= 0) break
    if (held.length > headersAtMost || !(await more())) throw broken()
  }
  const head = held.toString('utf8', 0, end)
  const filename = /content-disposition:[^\r\n]*\bname="file"[^\r\n]*/i.exec(head)?.[0]
  const name = filename && /\bfilename="([^"]+)"/i.exec(filename)?.[1]
  if (!head.startsWith(`--${mark}`) || !name) throw broken()
  held = held.subarray(end + 4)

  async function* bytes(): AsyncGenerator<Uint8Array> {
    const stop = Buffer.from(`\r\n--${mark}`)
    for (;;) {
      const at = held.indexOf(stop)
      if (at >= 0) {
        if (at > 0) yield held.subarray(0, at)
        return
      }
      // The boundary may be cut by a chunk's border: so many bytes are kept back.
      const sure = held.length - stop.length
      if (sure > 0) {
        yield held.subarray(0, sure)
        held = held.subarray(sure)
      }
      if (!(await more())) throw broken()
    }
  }
  return { filename: name, bytes: bytes() }
}
