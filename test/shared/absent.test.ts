import { stat } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { absent } from '../../shared/absent.ts'

test('a file that is not there is null, any other failure is told', async () => {
  expect(await stat('/no/such/folder/at/all').catch(absent)).toBe(null)
  await expect(stat('a\0b').catch(absent)).rejects.toThrow(/null bytes/)
  expect(() => absent(Object.assign(new Error('no leave'), { code: 'EACCES' }))).toThrow('no leave')
})
