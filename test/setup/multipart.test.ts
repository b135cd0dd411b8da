import { expect, test } from 'vitest'
import { readUpload } from '../../agent/setup/multipart.ts'

const mark = 'xYz'
const type = `multipart/form-data; boundary=${mark}`
const whole = (content: string) =>
  `--${mark}\r\nContent-Disposition: form-data; name="file"; filename="jira.zip"\r\nContent-Type: application/zip\r\n\r\n${content}\r\n--${mark}--\r\n`

async function* chunks(text: string, size: number) {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function read(text: string, size: number) {
  const { filename, bytes } = await readUpload(type, chunks(text, size))
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return { filename, content: Buffer.concat(parts).toString() }
}

test('gives the bytes of the file, wherever chunks begin and end', async () => {
  const content = `PK\r\n--xY\r\n\r\n--${mark.slice(0, 2)} and ${'more '.repeat(20)}`
  for (let size = 1; size < 40; size += 1)
    expect(await read(whole(content), size)).toEqual({ filename: 'jira.zip', content })
  expect((await read(whole(''), 7)).content).toBe('')
})

test('refuses what is cut off, has no file, or is no form', async () => {
  await expect(read(whole('abc').slice(0, -20), 9)).rejects.toThrow('could not be read')
  await expect(read(whole('abc').replace('"file"', '"other"'), 9)).rejects.toThrow('could not')
  await expect(readUpload('application/json', chunks('{}', 9))).rejects.toThrow('could not')
  await expect(read('x'.repeat(20_000), 1000)).rejects.toThrow('could not be read')
})
