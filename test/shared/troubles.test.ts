import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allAfterChecks } from '../../agent/after/all.ts'
import { allChecks } from '../../agent/plan/checks/all.ts'
import { tables } from '../../agent/snapshot/schema.ts'
import { codeOfApp, codeOfAppRecord, codeOfCheck } from '../../extension/models/explain.ts'
import { allTroubles, troublesOf } from '../../shared/help/all.ts'
import { findTroubles } from '../../shared/help/find.ts'

const root = resolve(import.meta.dirname, '../..')
const texts = (dir: string, but = /^$/) =>
  readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !but.test(file))
    .map((file) => readFileSync(join(root, dir, file), 'utf8'))

const sources = [...texts('agent', /^(practice|sample)\//), ...texts('extension')]
const all = (what: RegExp, from = sources) =>
  from.flatMap((text) => [...text.matchAll(what)].flatMap(([, code]) => (code ? [code] : [])))

/** Every code that the sources utter: as a problem, a reason, a refusal, a note, a loss or a check. */
const uttered = new Set([
  ...all(/\| '([a-z-]+)'/g, [
    /type ProblemCode =([\s\S]*?)\n\n/.exec(
      readFileSync(join(root, 'shared/problem.ts'), 'utf8'),
    )?.[1] ?? '',
  ]),
  ...all(/\b(?:code|dangling|reasonCode): '([a-z][a-z:-]+)'/g),
  ...all(/\b(?:reason|out|no|skip|tell|note|lost)\(\s*(?:\w+,\s*)?'([a-z]+(?:-[a-z]+)+)'/g),
  ...all(/\breason\(\s*'([a-z]+)'/g),
  ...all(/\[\s*'(not-by-rest-[a-z]+)'/g),
  ...all(/(?:\?|return) '(invalid-email|duplicate-email)'/g),
  ...Object.entries(tables).flatMap(([name, columns]) =>
    name !== 'issue' && 'issueId' in columns ? [`${name}-without-issue`] : [],
  ),
  ...[...allChecks, ...allAfterChecks].map(({ key }) => key),
  // What findings and the error log say where no reason was given (agent/report/findings.ts).
  'different',
  'failed',
  'leftOut',
  'stranger',
  ...['incomplete', 'failed', 'timed out', 'canceled', 'ready'].flatMap((status) =>
    ['', 'did not take the event', '5 rows of it instead of 6'].flatMap((message) =>
      [null, 'The app does not have an automated path.', 'could not be found in cloud'].map(
        (log) => codeOfApp({ status, message, log } as Parameters<typeof codeOfApp>[0]) ?? 'failed',
      ),
    ),
  ),
  codeOfAppRecord,
  'chosen-placeholder',
  'chosen-leave',
  codeOfCheck('counts', 'incomplete') ?? '',
])

/** Fields that a comparison may find different, by the words of agent/verify. */
const fields = new Set([
  ...all(/^\s*\[\s*'([a-z][\w ()-]*)',/gm, texts('agent/verify')),
  ...all(/\bfield: '([^']+)'/g, texts('agent/verify')),
  ...all(
    /\b(?:at\.(?:value|set|time)|differing|personDifference|check)\([^'()]*'([^']+)'/g,
    texts('agent/verify'),
  ),
  ...all(/\[((?:'\w+',? ?)+)\]/g, texts('agent/verify')).flatMap((list) => all(/'(\w+)'/g, [list])),
])

describe('the troubleshooting guide', () => {
  test('explains every code that can reach a person', () => {
    expect(uttered.size).toBeGreaterThan(180)
    expect([...uttered].filter((code) => troublesOf(code).length === 0).sort()).toEqual([])
  })

  test('explains nothing that nobody utters', () => {
    const known = allTroubles.flatMap((one) => [one.code, ...(one.also ?? [])])
    expect(known.filter((code) => !code.startsWith('different:') && !uttered.has(code))).toEqual([])
    const group = /^different:(text|people|times|links|visibility|file|view)$/
    const unused = known.flatMap((code) => {
      const field = /^different:(.+)$/.exec(code)?.[1]
      return field === undefined || group.test(code) || fields.has(field) ? [] : [field]
    })
    expect(unused).toEqual([])
    expect(new Set(known).size, 'a code has one explanation').toBe(known.length)
  })

  test('says of each difference what it is about, of several fields each once', () => {
    expect(troublesOf('different:summary').map(({ code }) => code)).toEqual(['different:text'])
    expect(troublesOf('different:summary+status+body').map(({ code }) => code)).toEqual([
      'different:text',
      'different:status',
    ])
    expect(troublesOf('different:a field of an app')[0]?.code).toBe('different')
    expect(troublesOf('stranger:comment')[0]?.code).toBe('stranger')
    expect(troublesOf('no such code')).toEqual([])
  })

  test('knows sentences of the agent word for word', () => {
    const own = [...texts('agent', /^(practice|sample)\//), ...texts('shared', /^help\//)].join(
      '\n',
    )
    const says = allTroubles.flatMap((one) => one.says ?? [])
    expect(says.length).toBeGreaterThan(15)
    expect(says.filter((words) => !own.includes(words))).toEqual([])
  })

  test('is written for people: whole sentences, and something to do', () => {
    for (const { code, title, happened, why, mend } of allTroubles) {
      for (const sentence of [happened, why, ...mend])
        expect(sentence, code).toMatch(/^[A-Z].*[.!?]$/s)
      expect(title, code).toMatch(/^[A-Z].*[^.]$/)
      expect(mend.length, code).toBeGreaterThan(0)
    }
  })
})

describe('a search in it', () => {
  const first = (asked: string) => findTroubles(asked)[0]?.code

  test('takes a whole line of the error log and finds its code', () => {
    expect(
      first(
        "2026-11-27 22:35:50.123 ERROR PAY issues issue 'PAY-7' (10007) failed: The site refused this (400): summary: too long. Fix it. [site-refused]",
      ),
    ).toBe('site-refused')
    expect(
      findTroubles(
        '2026-11-27 22:35:50.123 WARN PAY verify x different [different:summary+due date]',
      ).map(({ code }) => code),
    ).toEqual(['different:text', 'different:times'])
  })

  test('finds a line without a code by its words', () => {
    expect(
      first(
        '2026-11-27 22:35:50.123 ERROR - push The site no longer accepts the API token: Client must be authenticated.',
      ),
    ).toBe('site-token-refused')
    expect(
      first(
        "2026-11-27 22:35:50.123 WARN PAY verify issue 'PAY-1' (1) different: Not as promised in: summary, status. Compare",
      ),
    ).toBe('different:text')
    expect(first('The disk is full: the snapshot could not be written to /var/landfall.')).toBe(
      'snapshot-disk-full',
    )
  })

  test('takes a few words, a beginning of one, and a code without brackets', () => {
    expect(findTroubles('rate limit').map(({ code }) => code)).toContain('site-rate-limit')
    expect(findTroubles('former us').map(({ code }) => code)).toContain('former-user')
    expect(findTroubles('no-transition').map(({ code }) => code)).toEqual(['no-transition'])
  })

  test('says nothing where nothing is alike, and all where nothing is asked', () => {
    expect(findTroubles('xylophone quartz')).toEqual([])
    expect(findTroubles(' ')).toBe(allTroubles)
  })
})
