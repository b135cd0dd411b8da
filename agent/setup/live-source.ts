import type { SourceInput } from '../../shared/api-setup.ts'
import type { SourceTestView } from '../../shared/api-setup-views.ts'
import { Problem } from '../../shared/problem.ts'
import { addressText, sourceAddress } from '../../shared/source-address.ts'
import { sourceOf } from '../ledger/drafts.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import type { SourceAccess } from '../source/datacenter/client.ts'
import { probeSource } from '../source/datacenter/probe.ts'
import { accessTo } from '../source-access.ts'
import type { SetupParts } from './parts.ts'

/** The live source that a person is trying out: what they typed, with the stored token where they left it out. */
export async function sourceToTry(
  parts: SetupParts,
  row: MigrationRow,
  asked: SourceInput | null,
): Promise<SourceAccess> {
  const saved = sourceOf(row)
  if (!asked) {
    const access = await accessTo(parts, row)
    if (access) return access
    throw new Problem('usage', 'A backup is a file: there is nothing to connect to.', {
      hint: 'Inspect it instead.',
    })
  }
  if (asked.kind === 'backup') return sourceToTry(parts, row, null)
  const url = addressText(sourceAddress(asked.url))
  const user = asked.user ?? null
  if (asked.token) return { url, user, secret: asked.token }
  // The stored token was given for one address and account; it is never sent to another.
  if (saved.kind === 'datacenter' && saved.path === url && saved.user === user) {
    const access = await accessTo(parts, row)
    if (access) return access
  }
  throw new Problem('source-token-refused', 'There is no token for this address and user yet.', {
    hint: 'Enter the token that belongs to them.',
  })
}

/** Who we are at the source, and what it has for us to read. */
export async function testSource(
  access: SourceAccess,
  signal: AbortSignal,
): Promise<SourceTestView> {
  const { version, me, projects, issues, admin, notes } = await probeSource(access, signal)
  const said = notes.map((note) => `${note.text}.`)
  if (admin === false)
    said.push(
      'This account does not administer Jira: projects, members of groups and people in roles that it does not see are not read.',
    )
  if (projects === 0) said.push('It sees no project at all: nothing would be read.')
  return { url: access.url, version, me, projects, issues, admin, notes: said }
}
