import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeSample } from '../../agent/sample/sample.ts'
import { must } from '../../shared/assert.ts'
import type { CountsByKind } from '../../shared/report.ts'
import {
  type PracticeProcess,
  type Process,
  runCli,
  startProcess,
} from '../support/agent-process.ts'

interface Result {
  status: string
  counts: CountsByKind
  keysPreserved: boolean
  out: string
  requests: number
}
interface Row {
  kind: string
  'source id': string
  verdict: string
  issue: string
  label: string
  differences: string
  reason: string
}

const folder = mkdtempSync(join(tmpdir(), 'landfall-faults-'))
let site: Process<PracticeProcess>
let sample: Awaited<ReturnType<typeof writeSample>>
let moved: Result

beforeAll(async () => {
  site = await startProcess<PracticeProcess>(['practice', '--port', '0'])
  writeFileSync(join(folder, 'token'), site.said.token)
  sample = await writeSample(join(folder, 'sample'))
  moved = (await run('migrate', 'moved')).json
})
afterAll(async () => {
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

const run = (command: 'migrate' | 'verify', out: string) =>
  runCli<Result>([
    command,
    sample.backup,
    '--attachments',
    sample.attachments,
    '--site',
    site.said.url,
    '--email',
    site.said.email,
    '--token-file',
    join(folder, 'token'),
    '--out',
    join(folder, out),
  ])

/** The items of a report that are neither verified nor left out. */
function findings(result: Result): Row[] {
  const text = readFileSync(join(result.out, 'items.csv'), 'utf8').replace(/^\uFEFF/, '')
  const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
  return data
    .map(
      (row) =>
        Object.fromEntries(
          Object.entries(row).map(([key, value]) => [key.toLowerCase(), value]),
        ) as unknown as Row,
    )
    .filter((row) => row.verdict === 'different' || row.verdict === 'failed')
}

async function ask(method: string, path: string, body?: unknown): Promise<Record<string, never>> {
  const answer = await fetch(`${site.said.url}${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${site.said.email}:${site.said.token}`).toString('base64')}`,
      'content-type': 'application/json',
      'x-atlassian-token': 'no-check',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  const text = await answer.text()
  return text ? JSON.parse(text) : {}
}

const doc = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})

interface SiteIssue {
  key: string
  fields: {
    comment: { comments: { id: string }[] }
    worklog: { worklogs: { id: string }[] }
    attachment: { id: string }[]
    issuelinks: { id: string; type: { name: string }; outwardIssue?: { key: string } }[]
    subtasks?: unknown[]
    [custom: `customfield_${string}`]: unknown
  }
}

/** The custom fields of an issue that hold something. */
const valuesIn = ({ fields }: SiteIssue) =>
  Object.entries(fields).filter(([id, value]) => id.startsWith('customfield_') && value !== null)

/** Issues of the site that have something of a kind, each given out once, so that no two faults meet. */
async function pool() {
  const { issues } = (await ask('POST', '/rest/api/3/search/jql', {
    jql: 'created > "2000-01-01" ORDER BY key ASC',
    maxResults: 1000,
    fields: ['*all'],
  })) as unknown as { issues: SiteIssue[] }
  const used = new Set<string>()
  return (fits: (issue: SiteIssue) => boolean): SiteIssue => {
    const found = must(
      issues.find((issue) => !used.has(issue.key) && fits(issue)),
      'The sample has such an issue.',
    )
    used.add(found.key)
    return found
  }
}

describe('what was moved', () => {
  test('is verified to the last item, and the four numbers add up to the source', () => {
    expect(findings(moved)).toEqual([])
    expect(moved.status).toBe('finished')
    expect(moved.keysPreserved).toBe(true)
    for (const [kind, c] of Object.entries(moved.counts))
      expect(c.verified + c.different + c.leftOut + c.failed, kind).toBe(c.source)
    expect(moved.counts.issue?.verified).toBe(sample.issues)
  })

  test('is verified again by reading alone: nothing is written', async () => {
    const before = (await ask('GET', '/rest/api/3/project/search')) as unknown
    const { code, json } = await run('verify', 'again')
    expect(findings(json)).toEqual([])
    expect(code).toBe(0)
    expect(json.counts).toEqual(moved.counts)
    expect(await ask('GET', '/rest/api/3/project/search')).toEqual(before)
  })
})

test('every planted fault is found, and nothing else is reported', {
  timeout: 300_000,
}, async () => {
  const take = await pool()
  const expected: string[] = []
  const plant = async (what: string, act: () => Promise<unknown>) => {
    await act()
    expected.push(what)
  }
  const plain = () =>
    take(
      (i) =>
        !i.fields.comment.comments.length &&
        !i.fields.attachment.length &&
        !i.fields.issuelinks.length &&
        !i.fields.worklog.worklogs.length &&
        !i.fields.subtasks?.length &&
        !valuesIn(i).length,
    )

  const summary = plain()
  await plant(`issue ${summary.key} summary`, () =>
    ask('PUT', `/rest/api/3/issue/${summary.key}`, { fields: { summary: 'Something else' } }),
  )
  const description = plain()
  await plant(`issue ${description.key} description`, () =>
    ask('PUT', `/rest/api/3/issue/${description.key}`, {
      fields: { description: doc('Overwritten') },
    }),
  )
  const labels = plain()
  await plant(`issue ${labels.key} labels`, () =>
    ask('PUT', `/rest/api/3/issue/${labels.key}`, { fields: { labels: ['planted'] } }),
  )
  const gone = plain()
  await plant(`issue ${gone.key} gone`, () => ask('DELETE', `/rest/api/3/issue/${gone.key}`))
  const valued = take((i) => valuesIn(i).some(([, value]) => typeof value === 'number'))
  const points = must(
    valuesIn(valued).find(([, value]) => typeof value === 'number'),
    'a number',
  )
  await plant(`fieldValue ${valued.key} value`, () =>
    ask('PUT', `/rest/api/3/issue/${valued.key}`, { fields: { [points[0]]: 99 } }),
  )
  const words = take((i) => i.fields.comment.comments.length === 1 && !i.fields.attachment.length)
  await plant(`comment ${words.key} body`, () =>
    ask('PUT', `/rest/api/3/issue/${words.key}/comment/${words.fields.comment.comments[0]?.id}`, {
      body: doc('Rewritten'),
    }),
  )
  const silent = take((i) => i.fields.comment.comments.length === 1 && !i.fields.attachment.length)
  await plant(`comment ${silent.key} gone`, () =>
    ask(
      'DELETE',
      `/rest/api/3/issue/${silent.key}/comment/${silent.fields.comment.comments[0]?.id}`,
    ),
  )
  const log = take((i) => i.fields.worklog.worklogs.length > 0)
  await plant(`worklog ${log.key} gone`, () =>
    ask(
      'DELETE',
      `/rest/api/3/issue/${log.key}/worklog/${log.fields.worklog.worklogs[0]?.id}?adjustEstimate=leave`,
    ),
  )
  const file = take((i) => i.fields.attachment.length > 0)
  await plant(`attachment ${file.key} gone`, () =>
    ask('DELETE', `/rest/api/3/attachment/${file.fields.attachment[0]?.id}`),
  )
  const linked = take((i) => i.fields.issuelinks.some((one) => one.outwardIssue))
  const link = must(
    linked.fields.issuelinks.find((one) => one.outwardIssue),
    'an outward link',
  )
  await plant(`link ${linked.key} direction`, async () => {
    await ask('DELETE', `/rest/api/3/issueLink/${link.id}`)
    await ask('POST', '/rest/api/3/issueLink', {
      type: { name: link.type.name },
      inwardIssue: { key: link.outwardIssue?.key },
      outwardIssue: { key: linked.key },
    })
  })

  const { values: boards } = await ask('GET', '/rest/agile/1.0/board?type=scrum')
  const [board] = must(boards as { id: number }[] | undefined, 'the sample has a board')
  const sprints = `/rest/agile/1.0/board/${board?.id}/sprint`
  const { values } = (await ask('GET', sprints)) as unknown as {
    values: { id: number; state: string }[]
  }
  const [active, future] = ['active', 'future'].map((state) =>
    must(
      values.find((one) => one.state === state),
      `the sample has a sprint that is ${state}`,
    ),
  )
  const { issues } = (await ask(
    'GET',
    `/rest/agile/1.0/sprint/${active?.id}/issue?fields=summary`,
  )) as unknown as { issues: { key: string }[] }
  const postponed = must(issues[0], 'the active sprint has an issue').key
  await plant(`fieldValue ${postponed} gone`, () =>
    ask('POST', `/rest/agile/1.0/sprint/${future?.id}/issue`, { issues: [postponed] }),
  )

  const { values: filters } = (await ask(
    'GET',
    '/rest/api/3/filter/search?expand=description,jql',
  )) as unknown as { values: { id: string; name: string; description: string; jql: string }[] }
  const { id, ...shared } = must(
    filters.find((one) => one.name.includes('Payments')),
    'the sample has a shared filter',
  )
  const { name, description: about, jql } = shared
  await plant('filter  shared with', () =>
    ask('PUT', `/rest/api/3/filter/${id}`, { name, description: about, jql }),
  )

  const { values: pages } = (await ask('GET', '/rest/api/3/dashboard/search')) as unknown as {
    values: { id: string; name: string }[]
  }
  const page = (of: string) =>
    must(
      pages.find((one) => one.name === of),
      `the sample has the dashboard ${of}`,
    ).id
  const standing = async (of: string) =>
    (
      (await ask('GET', `/rest/api/3/dashboard/${page(of)}/gadget`)) as unknown as {
        gadgets: { id: number }[]
      }
    ).gadgets
  const [fallen] = await standing('Month end')
  await plant('dashboard  gadgets', () =>
    ask('DELETE', `/rest/api/3/dashboard/${page('Month end')}/gadget/${fallen?.id}`),
  )
  const [other] = await standing('Operations wall')
  const config = `/rest/api/3/dashboard/${page('Operations wall')}/items/${other?.id}/properties/config`
  await plant('dashboard  settings', () =>
    ask('PUT', config, { projectOrFilterId: 'filter-1', statType: 'statuses' }),
  )

  const { json } = await run('verify', 'faults')
  const found = findings(json).map((row) => {
    const where = row.kind === 'link' ? linked.key : row.issue
    const what =
      row.verdict === 'failed'
        ? 'gone'
        : (/summary|shared with|gadgets|settings|description|labels|body|direction|value/.exec(
            `${row.differences} ${row.reason}`,
          )?.[0] ?? row.differences)
    return `${row.kind} ${where} ${what}`
  })
  expect(found.sort()).toEqual(expected.sort())
})
