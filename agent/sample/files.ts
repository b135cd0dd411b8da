import { crc32, deflateSync } from 'node:zlib'

/** A small real file for each ending that the sample attaches. */
export function fileBytes(filename: string, seed: number): Buffer {
  if (filename.endsWith('.png')) return png(32, 20, seed)
  if (filename.endsWith('.csv'))
    return Buffer.from(
      `\uFEFFdate;order;gross;fee;net\r\n${[1, 2, 3]
        .map((n) => `2023-0${n}-14;KP-${seed + n};120,0${n};1,2${n};118,7${9 - n}`)
        .join('\r\n')}\r\n`,
    )
  return Buffer.from(
    `2023-05-0${(seed % 8) + 1} 09:14:07 WARN  settlement-service timeout after 30 s, retry ${seed % 5}\n`.repeat(
      (seed % 7) + 1,
    ),
  )
}

export const mimetypes: Record<string, string> = {
  png: 'image/png',
  csv: 'text/csv',
  log: 'text/plain',
  txt: 'text/plain',
}

/** A picture of stripes in 24-bit colour, by the PNG specification (W3C): signature, IHDR, IDAT, IEND. */
function png(width: number, height: number, seed: number): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = y * (1 + width * 3) + 1 + x * 3
      rows[at] = (x * 8 + seed * 31) & 255
      rows[at + 1] = (y * 12 + seed * 17) & 255
      rows[at + 2] = (seed * 53) & 255
    }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
