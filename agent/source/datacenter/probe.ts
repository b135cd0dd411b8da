import { Problem } from '../../../shared/problem.ts'
import { isOpen } from '../../../shared/source-address.ts'
import type { ReadingNote } from '../source.ts'
import { createClient, type SourceAccess, type SourceClient } from './client.ts'
import { notJira, SourceRefusal } from './problems.ts'
import { idOf, type Json, record, records, text, whole } from './shapes.ts'

/** What a source says of itself and of who is asking. */
export interface Known {
  /** The server's own id where it tells one, else its address. */
  identity: string
  version: string | null
  build: string | null
  baseUrl: string | null
  me: { name: string; displayName: string }
  notes: ReadingNote[]
}

/** Asks who is there and as whom it sees us. Throws a Problem where that is not a Jira, or not us. */
export async function knock(client: SourceClient): Promise<Known> {
  const { host } = client.base
  const about = await aboutOf(client)
  const me = record(await client.get('/rest/api/2/myself'))
  const name = text(me.name) ?? text(me.key)
  if (name === null) throw notJira(host, 'it does not say who is asking')
  const baseUrl = text(about.baseUrl)
  return {
    identity: text(about.serverId) ?? baseUrl ?? client.base.href,
    version: text(about.version),
    build: idOf(about.buildNumber),
    baseUrl,
    me: { name, displayName: text(me.displayName) ?? name },
    notes: isOpen(client.base)
      ? [
          {
            code: 'source-not-encrypted',
            text: 'The way to this Jira is not encrypted (http): whoever is on it can read the token and the data',
            items: 0,
          },
        ]
      : [],
  }
}

/** Jira 4 had a first form of its REST API, which tells no ids. */
const oldest = 5

async function aboutOf(client: SourceClient): Promise<Json> {
  const { host } = client.base
  try {
    const about = record(await client.get('/rest/api/2/serverInfo'))
    if (text(about.version) === null) throw notJira(host, 'it does not tell its version')
    if (
      /^cloud$/i.test(text(about.deploymentType) ?? '') &&
      /^1001\./.test(text(about.version) ?? '')
    )
      throw new Problem('source-is-cloud', `${host} is a Jira Cloud site, not a Data Center.`, {
        hint: 'Landfall reads Jira Server and Data Center; to move between Cloud sites, use Atlassian’s cloud-to-cloud migration.',
      })
    const version = text(about.version) ?? ''
    if (Number.parseInt(version, 10) < oldest)
      throw new Problem(
        'source-not-jira',
        `${host} is Jira ${version}, which is too old to be read live.`,
        {
          hint: `From ${oldest}.0 on Jira answers in the form that is read; make a backup of this one and move that.`,
        },
      )
    return about
  } catch (error) {
    if (error instanceof SourceRefusal && error.status === 404)
      throw notJira(host, 'it has no REST API there', error)
    throw error
  }
}

/** As whom a source sees this access. One that does not answer is told at once. */
export async function whoIs(access: SourceAccess, signal: AbortSignal): Promise<Known['me']> {
  const client = createClient(access, { signal, patienceMs: 0 })
  try {
    return (await knock(client)).me
  } finally {
    await client.close()
  }
}

/** What a person wants to know before anything is read. */
export interface Probed extends Known {
  projects: number
  issues: number | null
  /** Whether the account administers Jira; null where the version does not tell. */
  admin: boolean | null
}

/** Tries an access out and goes away again. A source that does not answer is told at once. */
export async function probeSource(access: SourceAccess, signal: AbortSignal): Promise<Probed> {
  const client = createClient(access, { signal, patienceMs: 0 })
  try {
    const known = await knock(client)
    const projects = records(await client.get('/rest/api/2/project')).length
    const found = record(
      await client.find('/rest/api/2/search', { jql: '', maxResults: 0, fields: 'key' }),
    )
    const { permissions } = record(await client.find('/rest/api/2/mypermissions'))
    const { havePermission } = record(record(permissions).ADMINISTER)
    return {
      ...known,
      projects,
      issues: whole(found.total),
      admin: typeof havePermission === 'boolean' ? havePermission : null,
    }
  } finally {
    await client.close()
  }
}
