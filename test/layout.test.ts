import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Who may import whom, with the reason said to whoever breaks it. '' = anything of our own. */
const rules: { room: RegExp; may: RegExp[]; packages?: RegExp; because: string }[] = [
  {
    room: /^shared\//,
    may: [/^shared\//],
    packages: /^valibot$/,
    because: 'shared is the contract of both worlds: it imports valibot only',
  },
  {
    room: /^agent\/plan\//,
    may: [/^shared\//, /^agent\/plan\//],
    packages: /^(?!node:|undici|hono|jira\.js)/,
    because: 'the plan is pure: no clock, no network, no node: imports',
  },
  {
    room: /^agent\/source\//,
    may: [/^shared\//, /^agent\/source\//],
    because: 'a source knows only how to read itself',
  },
  {
    room: /^agent\/snapshot\//,
    may: [/^shared\//, /^agent\/snapshot\//],
    because: 'the snapshot knows neither ledger nor site',
  },
  {
    room: /^agent\/ledger\//,
    may: [/^shared\//, /^agent\/ledger\//],
    because: 'the ledger knows neither snapshot nor site',
  },
  {
    room: /^agent\/cloud\//,
    may: [/^shared\//, /^agent\/cloud\//],
    because: 'the site client knows neither snapshot nor ledger',
  },
  {
    room: /^agent\/push\//,
    may: [/^shared\//, /^agent\/push\//, /^agent\/ledger\//, /^agent\/cloud\//],
    because: 'push works from the ledger through the site client',
  },
  {
    room: /^agent\/verify\//,
    may: [
      /^shared\//,
      /^agent\/verify\//,
      /^agent\/ledger\//,
      /^agent\/snapshot\//,
      /^agent\/cloud\/(reading|problems)/,
    ],
    because: 'verify only reads the site',
  },
  {
    room: /^agent\/after\//,
    may: [
      /^shared\//,
      /^agent\/(after|ledger|snapshot|verify)\//,
      /^agent\/cloud\/(reading|problems)/,
      /^agent\/plan\/jql\.ts$/,
    ],
    because: 'a check after a migration only reads the site, and writes to the ledger only',
  },
  {
    room: /^agent\/report\//,
    may: [/^shared\//, /^agent\/report\//, /^agent\/ledger\//],
    because: 'a report comes from the ledger alone',
  },
  {
    room: /^agent\/routes\//,
    may: [
      /^shared\//,
      /^agent\/routes\//,
      /^agent\/ledger\//,
      /^agent\/report\//,
      /^agent\/(run|runner|guard|config)\.ts$/,
    ],
    because: 'routes ask the ledger and the run, never the site or the source',
  },
  {
    room: /^agent\/apps\//,
    may: [
      /^shared\//,
      /^agent\/(apps|ledger|snapshot|cloud)\//,
      /^agent\/source\/backup\/(app-rows|entity-rows|objects)\.ts$/,
      /^agent\/report\/(csv|id-mappings)\.ts$/,
      /^agent\/routes\/app-mover\.ts$/,
      /^agent\/line\.ts$/,
    ],
    because: 'apps are moved from snapshot and backup to the site, and written down in the ledger',
  },
  {
    room: /^agent\/apps\/paths\//,
    may: [/^shared\//, /^agent\/apps\/(paths\/|path\.ts|dump\.ts|tables\.ts)/],
    because: 'a path knows nothing but its context, or it could reach the data of other apps',
  },
  {
    room: /^agent\/repair\//,
    may: [
      /^shared\//,
      /^agent\/repair\//,
      /^agent\/(ledger|cloud|push|verify)\//,
      /^agent\/routes\/repair-service\.ts$/,
      /^agent\/line\.ts$/,
      // Where an old link leads now, and the bytes of a live source's files.
      /^agent\/(originals\/old-links|snapshot\/lookup|source-access|source\/datacenter\/files)\.ts$/,
    ],
    because:
      'a repair works from the ledger, through the site client, with what push and verify know',
  },
  {
    room: /^agent\/setup\//,
    may: [
      /^shared\//,
      /^agent\/setup\//,
      /^agent\/(ledger|plan|snapshot|source)\//,
      /^agent\/cloud\/(connect|reading|problems)/,
      /^agent\/routes\/setup-service\.ts$/,
      /^agent\/(line|read|inspect|markup|plan-options|run-checks|config|source-access|source-snapshot|mappings-file|without-own)\.ts$/,
    ],
    because: 'setting up reads the source and asks the site, and writes to the ledger only',
  },
  {
    room: /^agent\/query\//,
    may: [/^shared\//, /^agent\/query\//, /^agent\/plan\/(jql|names)\.ts$/],
    because:
      'a query knows the snapshot alone, so that what it tells is of the source and nothing else',
  },
  {
    room: /^agent\/pages\//,
    may: [
      /^shared\//,
      /^agent\/pages\//,
      /^agent\/(ledger|query)\//,
      /^agent\/cloud\/(reading|problems)/,
      /^agent\/plan\/jql\.ts$/,
      /^agent\/setup\/site\.ts$/,
      /^agent\/routes\/page-asker\.ts$/,
      /^agent\/line\.ts$/,
    ],
    because: 'questions about a page of the site only read: the ledger, the snapshot and the site',
  },
  {
    room: /^agent\/originals\//,
    may: [
      /^shared\//,
      /^agent\/(originals|ledger|snapshot)\//,
      /^agent\/plan\/(adf|in-scope|times)\.ts$/,
      /^agent\/routes\/originals-service\.ts$/,
      /^agent\/apps\/counted-rows\.ts$/,
      /^agent\/(line|markup)\.ts$/,
    ],
    because:
      'what the source held is told from its snapshot, its backup and the ledger, without the site',
  },
  {
    room: /^agent\/practice\//,
    may: [/^agent\/practice\//, /^shared\/assert\.ts$/],
    packages: /^(?!jira\.js)/,
    because: 'the practice site imports nothing of ours, or it would agree with our mistakes',
  },
  {
    room: /^extension\//,
    may: [/^shared\//, /^extension\//],
    because: 'the extension never imports the agent, but for the type App',
  },
  {
    room: /^extension\/views\//,
    may: [/^shared\//, /^extension\/(views|models|words|cache|overlay\/)/],
    because: 'views get models, never the service or the browser',
  },
]

function files(dir: string): string[] {
  return readdirSync(join(root, dir), { withFileTypes: true }).flatMap((entry) => {
    const path = `${dir}/${entry.name}`
    return entry.isDirectory() ? files(path) : /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

const sources = ['shared', 'agent', 'extension'].flatMap(files)

function imports(file: string): { name: string; typeOnly: boolean }[] {
  const text = readFileSync(join(root, file), 'utf8')
  const found = [
    ...text.matchAll(
      /^\s*(?:import|export)\s(type\s)?[^'";]*?from\s+'([^']+)'|import\(\s*'([^']+)'|^import\s+'([^']+)'/gm,
    ),
  ]
  return found.map((m) => ({ name: (m[2] ?? m[3] ?? m[4]) as string, typeOnly: Boolean(m[1]) }))
}

describe('the house', () => {
  test('has only the agreed rooms at the top', () => {
    const allowed =
      /^(package\.json|package-lock\.json|tsconfig\.json|wxt\.config\.ts|extension|agent|shared|test|README\.md|LICENSE|node_modules|\..*)$/
    expect(readdirSync(root).filter((name) => !allowed.test(name))).toEqual([])
  })

  test.each(sources)('%s imports only what its room may', (file) => {
    for (const { name, typeOnly } of imports(file)) {
      const own = name.startsWith('.')
      const target = own ? relative(root, resolve(root, dirname(file), name)) : name
      if (file === 'extension/agent-client.ts' && target === 'agent/app.ts' && typeOnly) continue
      if (own && !/\.(css(\?inline)?|json)$/.test(name))
        expect(target, `${file}: write the extension of ${name}`).toMatch(/\.tsx?(\?worker)?$/)
      for (const rule of rules.filter((rule) => rule.room.test(file))) {
        const ok = own
          ? rule.may.some((may) => may.test(target))
          : (rule.packages?.test(name) ?? true)
        expect(ok, `${file} imports ${target}, but ${rule.because}`).toBe(true)
      }
      expect(own && /^agent\/main\.ts$/.test(target), `${file}: nobody imports main`).toBe(false)
    }
  })

  test.each(sources)('%s is small enough to read', (file) => {
    const lines = readFileSync(join(root, file), 'utf8').split('\n').length
    expect(lines, `${file} has ${lines} lines: what second thing has moved in?`).toBeLessThan(300)
  })

  test('entrypoints register and hand over', () => {
    const entries = sources.filter((file) => file.startsWith('extension/entrypoints/'))
    for (const file of entries)
      expect(readFileSync(join(root, file), 'utf8').split('\n').length, file).toBeLessThan(50)
  })

  test('runs on the Node that package.json asks for', () => {
    expect(Number(process.versions.node.split('.')[0])).toBeGreaterThanOrEqual(24)
    expect(statSync(join(root, '.ci/run')).mode & 0o111, '.ci/run must be executable').not.toBe(0)
  })
})
