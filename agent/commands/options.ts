import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { resolve } from 'node:path'
import { Problem } from '../../shared/problem.ts'
import type { Overrides } from '../line.ts'

export const usage = (sentence: string, hint: string) => new Problem('usage', sentence, { hint })

/** The one thing a command works on; a Problem says how it is called when it is missing. */
export function one(positionals: string[], what: string, command: string): string {
  const [first, ...more] = positionals
  if (!first || more.length)
    throw usage(
      `${command} needs one ${what}.`,
      `Call it as: npm run -s landfall -- ${command} ${what.toUpperCase()}`,
    )
  return resolve(first)
}

/** A site token is read from a file, so that it stands in no process list and no shell history. */
export function tokenFrom(file: string): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new Problem('usage', `The token file ${file} cannot be read.`, {
      hint: 'Write the API token, and nothing else, into that file.',
      cause,
    })
  }
  if (!text)
    throw usage(
      `The token file ${file} is empty.`,
      'Write the API token, and nothing else, into that file.',
    )
  return text
}

export interface SiteOptions {
  site?: string | undefined
  email?: string | undefined
  'token-file'?: string | undefined
}

/** The three options that name a real site, all or none. */
export function siteFrom(
  values: SiteOptions,
): { url: string; email: string; token: string } | null {
  const { site, email, 'token-file': file } = values
  if (!site && !email && !file) return null
  if (!site || !email || !file)
    throw usage(
      'A site needs --site, --email and --token-file together.',
      'For example: --site https://acme.atlassian.net --email admin@acme.com --token-file token.txt',
    )
  return { url: site, email, token: tokenFrom(file) }
}

/** A number given on the command line. */
export function numberFrom(text: string | undefined, name: string, fallback: number): number {
  if (text === undefined) return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw usage(`--${name} is not a port number: ${text}`, `Give a number from 0 to 65535.`)
  return value
}

/**
 * KEY=NOTE of each --override.
 * @param name --who; null = the one who is logged in
 * @param known the checks there are, and whether an error of theirs may be set aside
 */
export function overridesFrom(
  given: readonly string[],
  name: string | null,
  known: readonly { key: string; title: string; canOverride: boolean }[],
): Overrides {
  const who = name?.trim() || `${userName()}, on the command line`
  return new Map(
    given.map((text) => {
      const [key = '', ...rest] = text.split('=')
      const note = rest.join('=').trim()
      const check = known.find((one) => one.key === key.trim())
      if (!check)
        throw usage(`There is no check "${key}".`, 'check BACKUP lists them with their keys.')
      if (!check.canOverride)
        throw usage(
          `"${check.title}" cannot be overridden.`,
          'A run would fail by it for certain, or could lose something: remove the cause.',
        )
      if (!note)
        throw usage(
          `--override ${key} does not say why.`,
          `Write it as --override '${check.key}=why this may be'.`,
        )
      return [check.key, { note, who }] as const
    }),
  )
}

/** A container's user may have no name. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'somebody'
  }
}
