import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProblemView } from '../../shared/problem.ts'
import {
  type PracticeProcess,
  type Process,
  realBackup,
  runCli,
  siteCaller,
  startProcess,
} from '../support/agent-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-bad-'))
let site: Process<PracticeProcess>
beforeAll(async () => {
  site = await startProcess<PracticeProcess>(['practice', '--port', '0'])
  writeFileSync(join(folder, 'token'), site.said.token)
})
afterAll(async () => {
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

const path = (name: string) => join(folder, name)
const whole =
  '<?xml version="1.0" encoding="UTF-8"?>\n<entity-engine-xml>\n<Project id="1" name="A" key="A" counter="1"/>\n'

async function emptyZip(): Promise<Buffer> {
  return new JSZip().generateAsync({ type: 'nodebuffer' })
}

interface Bad {
  name: string
  file: () => Promise<string> | string
  code: string
  says: RegExp
}

const bad: Bad[] = [
  {
    name: 'a missing file',
    file: () => path('nowhere.zip'),
    code: 'source-missing',
    says: /nowhere\.zip/,
  },
  {
    name: 'a text file',
    file: () => write('notes.xml', 'Dear diary,\nno Jira here.\n'),
    code: 'source-not-jira',
    says: /\w/,
  },
  {
    name: 'an empty file',
    file: () => write('empty.xml', ''),
    code: 'source-empty',
    says: /empty/i,
  },
  {
    name: 'an empty zip',
    file: async () => write('empty.zip', await emptyZip()),
    code: 'source-empty',
    says: /empty/i,
  },
  {
    name: 'a truncated backup',
    file: () => write('cut.xml', whole),
    code: 'source-truncated',
    says: /end|cut|truncat/i,
  },
  {
    name: 'XML that is not well formed',
    file: () =>
      write(
        'malformed.xml',
        `${whole}<Issue id="1" summary="a < b"/>\n<Issue id=2/>\n</entity-engine-xml>`,
      ),
    code: 'source-unreadable',
    says: /Issue.*line \d+|line \d+.*Issue/i,
  },
]

function write(name: string, content: string | Buffer): string {
  writeFileSync(path(name), content)
  return path(name)
}

/** A refusal says what, where and what to do, and the site was not written to. */
async function refused(backup: string, code: string, says: RegExp) {
  const out = mkdtempSync(join(folder, 'out-'))
  const { code: exit, json } = await runCli<{ status: string; problem: ProblemView }>([
    'migrate',
    backup,
    '--site',
    site.said.url,
    '--email',
    site.said.email,
    '--token-file',
    path('token'),
    '--out',
    out,
  ])
  expect(json.status).toBe('failed')
  expect(json.problem.code).toBe(code)
  expect(json.problem.sentence).toMatch(says)
  expect(json.problem.sentence).toMatch(/[.!]$/)
  expect(json.problem.hint.length, 'says what to do').toBeGreaterThan(15)
  expect(exit).toBe(1)
  const { values } = await siteCaller(site.said)<{ values: unknown[] }>(
    '/rest/api/3/project/search',
  )
  expect(values, 'nothing was written').toEqual([])
}

describe('bad input is refused with a sentence, and nothing is written to the site', () => {
  test.each(bad)('$name', async ({ file, code, says }) => refused(await file(), code, says))

  test('a backup of Jira Cloud', async () => {
    const header =
      '<?xml version="1.0" encoding="UTF-8"?>\n<!--\nExported for example.atlassian.net cloud\nJIRA Build : 1001.0.0-SNAPSHOT#100200\n-->\n'
    const body =
      '<entity-engine-xml date="1700000000000">\n<Issue id="1" projectKey="A" number="1" summary="One"/>\n</entity-engine-xml>\n'
    await refused(write('cloud.xml', header + body), 'source-is-cloud', /Cloud/)
  })

  const malformed = realBackup('jira-4-to-7-jrjc/malformed-export-for-history-tests.xml')
  test('the malformed real backup, naming entity and line (where it is present)', async () => {
    if (existsSync(malformed)) await refused(malformed, 'source-unreadable', /line 1,?333/)
  })

  test('a real backup that was cut off in the middle (where it is present)', async () => {
    const real = realBackup('jira-6.3-jsu/entities.xml')
    if (!existsSync(real)) return
    const bytes = readFileSync(real)
    await refused(
      write('half.xml', bytes.subarray(0, bytes.length >> 1)),
      'source-truncated',
      /end|cut|truncat/i,
    )
  })

  test('an option that does not exist, a missing site, an unknown command', async () => {
    cpSync(import.meta.filename, path('any.zip'))
    for (const args of [
      ['migrate', path('any.zip'), '--nonsense'],
      ['migrate', path('any.zip')],
      ['fly'],
      ['inspect'],
    ]) {
      const { code, json } = await runCli<{ problem: ProblemView }>(args)
      expect(code, args.join(' ')).toBe(1)
      expect(json.problem.code, args.join(' ')).toBe('usage')
    }
  })
})
