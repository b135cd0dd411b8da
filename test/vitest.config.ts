import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const root = resolve(import.meta.dirname, '..')

/**
 * Rooms whose files start agents and browsers, or move whole backups, and take up to a minute each. Begun last, one
 * of them would keep one core waiting for the other; the hundred short ones fill what these leave at the end.
 */
const slowRooms = /\/test\/(after|apps|browser|flow|repair)\//

class SlowRoomsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return [
      ...sorted.filter((file) => slowRooms.test(file.moduleId)),
      ...sorted.filter((file) => !slowRooms.test(file.moduleId)),
    ]
  }
}

/**
 * Tests of the extension's parts put a browser's globals and other clocks in place of the real ones, and a browser
 * that a file has left must not be met by the next.
 */
const ofBrowsers = ['test/extension/**/*.test.{ts,tsx}', 'test/browser/**/*.test.{ts,tsx}']

/** Bytes. A whole run has some hundred MB at a time of ledgers, snapshots and browser profiles. */
const room = 2 * 1024 ** 3
const memory = '/dev/shm'

/**
 * Where tests write, until this process ends. A ledger waits for the disk at each of its thousand commits, and all
 * tests wait for the same disk: in memory nobody does. Tests kill processes, never the machine, so that nothing is
 * proven less. Without such a place, or with one of the caller's own, it is the system's temporary folder.
 */
function scratchFolder(): string {
  const { bavail, bsize } = existsSync(memory) ? statfsSync(memory) : { bavail: 0, bsize: 0 }
  if (process.env.TMPDIR || bavail * bsize < room) return tmpdir()
  const made = mkdtempSync(join(memory, 'landfall-tests-'))
  process.once('exit', () => rmSync(made, { recursive: true, force: true, maxRetries: 5 }))
  return made
}

const shared = {
  root,
  testTimeout: 120_000,
  hookTimeout: 180_000,
  // As soon as a screen has to be right; the usual second is less than a page gets beside two other files.
  expect: { poll: { timeout: 5_000 } },
  // A hundred processes are started of the same code: what one has compiled, the next finds there.
  env: {
    NODE_COMPILE_CACHE: resolve(root, 'node_modules/.cache/landfall-tests'),
    TMPDIR: scratchFolder(),
  },
}

/**
 * Two cores, and a third file for when the others wait: for a browser to paint, an agent to start, a run to end.
 * Limits of time leave room for slow machines.
 */
export default defineConfig({
  root,
  test: {
    maxWorkers: 3,
    sequence: { sequencer: SlowRoomsFirst },
    reporters: ['default', 'json'],
    outputFile: { json: 'test/.artifacts/results.json' },
    projects: [
      {
        test: {
          ...shared,
          name: 'agent',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ofBrowsers,
          // Nothing here changes what is global, so files need no process of their own each.
          isolate: false,
        },
      },
      { test: { ...shared, name: 'extension', include: ofBrowsers } },
    ],
  },
})
