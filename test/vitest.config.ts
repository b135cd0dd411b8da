import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Browser and kill tests share two cores with everything else: files run two at a time, with room for slow machines. */
export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    reporters: ['default', 'json'],
    outputFile: { json: 'test/.artifacts/results.json' },
  },
})
