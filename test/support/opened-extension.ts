import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of a built extension; throws when it was not built. */
export function built(extension: string): string {
  if (!existsSync(join(extension, 'manifest.json')))
    throw new Error('The extension is not built: run `npm run build` first.')
  return extension
}

/**
 * A copy of the built extension whose overlay has an open shadow root, so that a test can look into it; what
 * ships has a closed one, and no switch for it. Throws when the one place is not found that has to change.
 * @param into a folder of the test's own
 */
export function withOpenOverlay(extension: string, into: string): string {
  const copy = join(into, 'opened-extension')
  cpSync(built(extension), copy, { recursive: true })
  for (const name of ['content-scripts/overlay.js', 'old-pages.js']) {
    const script = join(copy, name)
    const text = readFileSync(script, 'utf8')
    const closed = /attachShadow\(\{\s*mode:\s*(["'`])closed\1/g
    if (text.match(closed)?.length !== 1)
      throw new Error(`${name} does not close its shadow root where the tests look for it.`)
    writeFileSync(script, text.replace(closed, "attachShadow({mode:'open'"))
  }
  return copy
}
