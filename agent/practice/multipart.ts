import { Refusal } from './answer.ts'

export type MultipartEvent =
  | { type: 'part'; name: string; filename: string | null; contentType: string | null }
  | { type: 'data'; chunk: Uint8Array }

/** Longest header block of a part, in bytes; more is not a form. */
const longestHeaders = 16_384

/**
 * Reads multipart/form-data as it comes (RFC 7578): each part is announced, then its bytes follow in chunks.
 * Never holds more than one chunk and a boundary. Throws a Refusal (400) when the form ends too early.
 */
export async function* parseMultipart(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<MultipartEvent> {
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  // The first boundary has no line break before it; with one added, all are found alike.
  let held = Buffer.from('\r\n')
  let state: 'data' | 'after boundary' | 'headers' | 'end' = 'data'
  let inPart = false
  for await (const chunk of body) {
    if (state === 'end') continue
    held = Buffer.concat([held, chunk])
    for (;;) {
      if (state === 'data') {
        const at = held.indexOf(delimiter)
        const upTo = at >= 0 ? at : held.length - delimiter.length
        if (upTo > 0 && inPart) yield { type: 'data', chunk: held.subarray(0, upTo) }
        if (at < 0) {
          if (upTo > 0) held = held.subarray(upTo)
          break
        }
        held = held.subarray(at + delimiter.length)
        state = 'after boundary'
      } else if (state === 'after boundary') {
        if (held.length < 2) break
        const ending = held.subarray(0, 2).toString()
        if (ending !== '\r\n' && ending !== '--') throw malformed()
        held = held.subarray(2)
        state = ending === '--' ? 'end' : 'headers'
        if (state === 'end') break
      } else if (state === 'headers') {
        const at = held.indexOf('\r\n\r\n')
        if (at < 0) {
          if (held.length > longestHeaders) throw malformed()
          break
        }
        yield describe(held.subarray(0, at).toString())
        held = held.subarray(at + 4)
        inPart = true
        state = 'data'
      } else break
    }
  }
  if (state !== 'end') throw malformed()
}

const malformed = () => new Refusal(400, ['The multipart form is not complete.'])

function describe(headers: string): MultipartEvent {
  const header = (name: string) =>
    new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(headers)?.[1]?.trim() ?? null
  const disposition = header('content-disposition') ?? ''
  const quoted = (name: string) =>
    new RegExp(`(?:^|[;\\s])${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(disposition)?.[1]
  const extended = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition)?.[1]
  // Browsers and undici write quotes and line breaks as %22, %0D and %0A, older clients with backslashes.
  const plain = (value: string | undefined) =>
    value
      ?.replace(/%22/g, '"')
      .replace(/%0D/gi, '\r')
      .replace(/%0A/gi, '\n')
      .replace(/\\(["\\])/g, '$1')
  return {
    type: 'part',
    name: plain(quoted('name')) ?? '',
    filename: extended ? decodeURIComponent(extended) : (plain(quoted('filename')) ?? null),
    contentType: header('content-type'),
  }
}
