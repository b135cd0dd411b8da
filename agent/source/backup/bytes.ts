/**
 * Jira's own writer does not strip the control characters that XML forbids, and Jira's own reader
 * accepts them. They are taken out of the bytes before anything else looks at them, and counted.
 */

/** 0x20 in each byte, and the top bit of each byte, as signed 32-bit numbers. */
const SPACES = 0x20202020
const TOPS = 0x80808080 | 0

/**
 * Removes every byte below 0x20 but tab, line feed and carriage return, in place.
 * Works on UTF-8, where such a byte is always a character of its own.
 * Out: the bytes left (the same memory), how many went, and how many line feeds there are.
 */
export function dropIllegal(chunk: Buffer): { bytes: Buffer; dropped: number; lines: number } {
  let lines = 0
  let dropped = 0
  const look = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      const c = chunk[i] as number
      if (c === 10) lines++
      else if (c < 32 && c !== 9 && c !== 13) dropped++
    }
  }
  // Four bytes at a time: (w - 0x20…) & ~w has a top bit set exactly when some byte is below 0x20.
  const head = Math.min((4 - (chunk.byteOffset & 3)) & 3, chunk.length)
  const words = new Int32Array(chunk.buffer, chunk.byteOffset + head, (chunk.length - head) >> 2)
  look(0, head)
  for (let k = 0; k < words.length; k++) {
    const w = words[k] as number
    if ((((w - SPACES) | 0) & ~w & TOPS) !== 0) look(head + k * 4, head + k * 4 + 4)
  }
  look(head + words.length * 4, chunk.length)
  if (dropped === 0) return { bytes: chunk, dropped, lines }
  let kept = 0
  for (let i = 0; i < chunk.length; i++) {
    const c = chunk[i] as number
    if (c >= 32 || c === 9 || c === 10 || c === 13) chunk[kept++] = c
  }
  return { bytes: chunk.subarray(0, kept), dropped, lines }
}

type Chunks = AsyncIterable<Buffer>

/**
 * The same text as UTF-8 without a byte order mark. In: chunks of any size in UTF-8, UTF-16 or UTF-32
 * with a mark, UTF-16 without one, or what the XML declaration names.
 */
export async function* asUtf8(chunks: Chunks): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0)
  let convert: ((chunk: Buffer | null) => Buffer) | null = null
  for await (const chunk of chunks) {
    if (head === null) {
      yield convert === null ? chunk : convert(chunk)
      continue
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk])
    // 128 bytes hold every byte order mark and the whole XML declaration.
    if (head.length < 128) continue
    const { skip, encoding } = encodingOf(head)
    convert = converter(encoding)
    const rest: Buffer = head.subarray(skip)
    head = null
    yield convert === null ? rest : convert(rest)
  }
  if (head !== null && head.length > 0) {
    const { skip, encoding } = encodingOf(head)
    convert = converter(encoding)
    yield convert === null ? head.subarray(skip) : convert(head.subarray(skip))
  }
  if (convert !== null) yield convert(null)
}

function encodingOf(head: Buffer): { skip: number; encoding: string } {
  const marks: [string, number[]][] = [
    ['utf-32le', [0xff, 0xfe, 0, 0]],
    ['utf-32be', [0, 0, 0xfe, 0xff]],
    ['utf-8', [0xef, 0xbb, 0xbf]],
    ['utf-16le', [0xff, 0xfe]],
    ['utf-16be', [0xfe, 0xff]],
  ]
  for (const [encoding, mark] of marks)
    if (mark.every((byte, i) => head[i] === byte)) return { skip: mark.length, encoding }
  if (head[0] === 0x3c && head[1] === 0) return { skip: 0, encoding: 'utf-16le' }
  if (head[0] === 0 && head[1] === 0x3c) return { skip: 0, encoding: 'utf-16be' }
  const said = /^<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(
    head.toString('latin1', 0, 128),
  )
  return { skip: 0, encoding: said?.[1]?.toLowerCase() ?? 'utf-8' }
}

function converter(encoding: string): ((chunk: Buffer | null) => Buffer) | null {
  if (encoding === 'utf-8' || encoding === 'utf8' || encoding === 'us-ascii') return null
  if (encoding.startsWith('utf-32')) return fromUtf32(encoding === 'utf-32le')
  const decoder = new TextDecoder(encoding)
  return (chunk) =>
    Buffer.from(chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true }))
}

function fromUtf32(little: boolean): (chunk: Buffer | null) => Buffer {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    if (chunk === null) return Buffer.from(rest.length > 0 ? '\ufffd' : '')
    const all = Buffer.concat([rest, chunk])
    const whole = all.length - (all.length % 4)
    const parts: string[] = []
    for (let i = 0; i < whole; i += 4) {
      const code = little ? all.readUInt32LE(i) : all.readUInt32BE(i)
      parts.push(code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd')
    }
    rest = all.subarray(whole)
    return Buffer.from(parts.join(''))
  }
}
