import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withConnection } from '../../agent/setup/site.ts'
import { zipEntries } from '../../agent/source/backup/zip.ts'

test('a test of a site that is away does not promise to try again', async () => {
  // Port 9 (discard) of this machine has no server.
  const access = { url: 'http://127.0.0.1:9', email: 'a@x.example', token: 't' }
  const told = await withConnection(access, AbortSignal.timeout(10_000), ({ read }) =>
    read.facts({ emails: [], projectKeys: [], projectNames: [] }),
  ).catch((error: unknown) => error)
  expect(told).toMatchObject({ code: 'site-unreachable' })
  expect(String(told)).not.toContain('Trying again')
})

test('a zip without its end is told in own words, with what the library says as the cause', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-zip-'))
  const path = join(folder, 'backup.zip')
  writeFileSync(path, `PK\u0003\u0004${'x'.repeat(500)}`)
  const told = await zipEntries(path, 'backup.zip').catch((error: unknown) => error)
  rmSync(folder, { recursive: true })
  expect(told).toMatchObject({
    code: 'source-truncated',
    message: 'backup.zip is cut off: its end is missing.',
    cause: { message: expect.stringMatching(/central directory/i) },
  })
})
