import type { SetupInput } from '../../shared/api-setup.ts'
import type { SiteTestView } from '../../shared/api-setup-views.ts'
import { Problem } from '../../shared/problem.ts'
import type { SnapshotReader } from '../../shared/record.ts'
import { type Connection, connectSite, untried } from '../cloud/connect.ts'
import { siteOf } from '../ledger/drafts.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import { missingPermissions, neededPermissions } from '../plan/checks/token-permissions.ts'
import type { SetupParts } from './parts.ts'

export interface Access {
  url: string
  email: string
  token: string
}

/**
 * Connects to a site for as long as the work takes. A run waits for a site that is away; a person who sets up
 * is told at once, by a Problem site-unreachable.
 */
export async function withConnection<T>(
  access: Access,
  signal: AbortSignal,
  work: (site: Connection, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const away = new AbortController()
  const either = AbortSignal.any([signal, away.signal])
  const onPause = (reason: string | null, sentence: string | null) => {
    if (reason !== 'site unreachable') return
    away.abort(
      new Problem('site-unreachable', untried(sentence) ?? `${access.url} does not answer.`, {
        hint: 'Check the address, the network and status.atlassian.com, then try again.',
        again: true,
      }),
    )
  }
  let site: Connection | null = null
  try {
    site = await connectSite({ ...access, signal: either, pace: 'off', onPause })
    return await work(site, either)
  } catch (error) {
    signal.throwIfAborted()
    throw away.signal.aborted ? away.signal.reason : error
  } finally {
    await site?.close()
  }
}

/** The site of a migration as it is saved. A Problem not-now where a draft does not name one yet. */
export async function accessOf(
  parts: SetupParts,
  row: MigrationRow,
  snapshot: SnapshotReader | null,
): Promise<Access> {
  const site = siteOf(row)
  if (site.kind === 'cloud' && !site.url)
    throw new Problem('not-now', 'This draft does not say yet where to.', {
      hint: 'Choose a site first.',
    })
  return parts.site(row, snapshot)
}

/** The access that a person is trying out: what they typed, with the stored token where they left it out. */
export async function accessToTry(
  parts: SetupParts,
  row: MigrationRow,
  asked: SetupInput['site'],
  snapshot: SnapshotReader | null,
): Promise<Access> {
  if (!asked) return accessOf(parts, row, snapshot)
  if (asked.kind === 'practice')
    return parts.site({ ...row, siteJson: JSON.stringify(asked) }, snapshot)
  const { url, email, token } = asked
  if (token) return { url, email, token }
  // The stored token was given for one address; it is never sent to another.
  const saved = siteOf(row)
  if (saved.kind === 'cloud' && saved.url === new URL(url).origin && saved.email === email)
    return parts.site(row, snapshot)
  throw new Problem('site-token-refused', 'There is no token for this address and account yet.', {
    hint: 'Enter the API token that belongs to them.',
  })
}

/** Who we are on the site, what we may not do there, and what it has. */
export function testSite(access: Access, signal: AbortSignal): Promise<SiteTestView> {
  return withConnection(access, signal, async ({ read }) => {
    const needed = Object.keys(neededPermissions)
    const [facts, more] = await Promise.all([
      read.facts({ emails: [], projectKeys: [], projectNames: [] }),
      read.forChecks(needed),
    ])
    const { missing, untold } = missingPermissions(more)
    const has: [string, { name: string }[]][] = [
      ['issue types', facts.issueTypes],
      ['statuses', facts.statuses],
      ['priorities', facts.priorities],
      ['resolutions', facts.resolutions],
      ['link types', facts.linkTypes],
      ['custom fields', more.fields],
      ['groups', facts.groups.map((name) => ({ name }))],
    ]
    return {
      url: access.url,
      me: facts.me,
      projects: more.projects,
      missing: missing.map(({ key, name, needed, without }) => ({ key, name, needed, without })),
      projectsUntold: untold,
      uploadLimit: facts.uploadLimit,
      has: has.map(([what, all]) => ({
        what,
        items: all.length,
        names: all.slice(0, named).map(({ name }) => name),
      })),
    }
  })
}

/** So many names of a kind are told; all are counted. */
const named = 500
