import { addressText, isAddress, sourceAddress } from '../../shared/source-address.ts'
import type { SourceRow } from '../ledger/migrations.ts'
import type { SourceAccess } from '../source/datacenter/client.ts'
import { one, tokenFrom, usage } from './options.ts'

/** The options that name how to get into a live source; a backup needs none of them. */
export const sourceOptions = {
  'source-token-file': { type: 'string' },
  'source-user': { type: 'string' },
} as const

export interface SourceOptions {
  'source-token-file'?: string | undefined
  'source-user'?: string | undefined
  /** Where no site is named, this can only be the source's. */
  'token-file'?: string | undefined
  site?: string | undefined
  projects?: string | undefined
}

/** What a command reads: a file, or a live Data Center with the way in. */
export interface GivenSource {
  path: string
  access: SourceAccess | null
}

/** The one source of a command: a path, or an address with its token file. Throws a Problem usage. */
export function sourceFrom(
  positionals: string[],
  command: string,
  values: SourceOptions,
): GivenSource {
  const [given = ''] = positionals
  const file = values['source-token-file'] ?? (values.site ? undefined : values['token-file'])
  const user = values['source-user'] ?? null
  if (!isAddress(given)) {
    if (values['source-token-file'] !== undefined || user !== null)
      throw usage(
        'A backup needs no token.',
        `Name the address of a Jira Data Center instead, or leave --source-token-file away.`,
      )
    return { path: one(positionals, 'backup', command), access: null }
  }
  if (positionals.length > 1)
    throw usage(
      `${command} needs one source.`,
      `Call it as: npm run -s landfall -- ${command} URL --source-token-file FILE`,
    )
  if (file === undefined)
    throw usage(
      'The token of this Jira is missing.',
      'Write a personal access token (before Jira 8.14 a password, with --source-user NAME) into a file and name it: --source-token-file FILE.',
    )
  const path = addressText(sourceAddress(given))
  const projects = projectsFrom(values.projects)
  return { path, access: { url: path, user, secret: tokenFrom(file), projects } }
}

/** A,B of --projects; null = all. */
export const projectsFrom = (given: string | undefined): string[] | null =>
  given
    ?.split(',')
    .map((key) => key.trim().toUpperCase())
    .filter(Boolean) ?? null

/** The same as it stands in the ledger, without its secret. */
export const sourceRow = (
  { path, access }: GivenSource,
  attachments: string | null,
  timeZone: string | null,
): SourceRow =>
  access
    ? { kind: 'datacenter', path, user: access.user, attachments: null, timeZone: null }
    : { kind: 'backup', path, attachments, timeZone }

/** What people call it: the file's name, or the address. */
export const sourceName = ({ path, access }: GivenSource): string =>
  access ? path.replace(/^https?:\/\//, '') : (path.split(/[\\/]/).at(-1) ?? path)
