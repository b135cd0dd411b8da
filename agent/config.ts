import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { must } from '../shared/assert.ts'

/**
 * The port the agent listens on, on 127.0.0.1 only. Below the ports that systems hand out by themselves
 * (32768 and up), not among those that browsers refuse (the "bad ports" of the Fetch standard), easy to type.
 */
export const defaultPort = 4747

type Env = Readonly<Record<string, string | undefined>>

/** The port of the environment (LANDFALL_PORT), or the default one. */
export function portOf(env: Env = process.env): number {
  const asked = Number(env.LANDFALL_PORT ?? defaultPort)
  return Number.isInteger(asked) && asked >= 0 && asked < 65_536 ? asked : defaultPort
}

/**
 * Where the agent keeps what it knows: LANDFALL_FOLDER, or the place where the system keeps such things.
 * @param platform as process.platform says it
 */
export function defaultFolder(
  env: Env = process.env,
  platform: string = process.platform,
  home: string = homedir(),
): string {
  if (env.LANDFALL_FOLDER) return env.LANDFALL_FOLDER
  if (platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Landfall')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Landfall')
  return join(home, '.landfall')
}

export interface FolderParts {
  root: string
  ledger: string
  /** Opens the sealed site tokens; readable by its owner only. */
  keyFile: string
  snapshots: string
  /** The folder of one migration's report. */
  report(migrationId: string): string
  /** The state of the practice site. */
  practice: string
  /** The folder of the files that apps' data of one migration became. */
  appFiles(migrationId: string): string
  /** Paths for apps that the agent's owner made: one file each, see apps/README.md. */
  appPaths: string
}

/** The parts of an agent's folder; nothing is made here. */
export function folderParts(folder: string): FolderParts {
  return {
    root: folder,
    ledger: join(folder, 'ledger.sqlite'),
    keyFile: join(folder, 'key'),
    snapshots: join(folder, 'snapshots'),
    report: (migrationId) => join(folder, 'reports', migrationId),
    practice: join(folder, 'practice'),
    appFiles: (migrationId) => join(folder, 'apps', migrationId),
    appPaths: join(folder, 'app-paths'),
  }
}

/**
 * Other addresses under which the practice site is reached (LANDFALL_PRACTICE_ALIASES, by commas), for
 * instance https://acme.atlassian.net where a test maps that name. Only what is named here is believed:
 * a real site never gets verdicts that were found on the practice site.
 */
export const practiceAliases = (env: Env = process.env): string[] =>
  (env.LANDFALL_PRACTICE_ALIASES ?? '')
    .split(',')
    .map((alias) => alias.trim())
    .filter(Boolean)

/** The version in package.json. */
export function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return must((JSON.parse(text) as { version?: string }).version, 'package.json has no version.')
}
