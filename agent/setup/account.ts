import type { SourceTestView } from '../../shared/api-setup-views.ts'
import type { LiveFacts } from '../../shared/record.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import { whoIs } from '../source/datacenter/probe.ts'
import { accessTo } from '../source-access.ts'
import type { SetupParts } from './parts.ts'
import { markOf } from './source-projects.ts'

export type Account = LiveFacts['account']

/** A screen is not kept waiting for a source that does not answer. */
const waitMs = 2_000

/** As whom live sources are read now: asked once for each token, and told when the answer comes in time. */
export function createAccounts(parts: SetupParts) {
  const closing = new AbortController()
  const asked = new Map<string, { mark: string; who: Promise<Account | null> }>()

  async function ask(row: MigrationRow): Promise<Account | null> {
    const access = await accessTo(parts, row)
    if (!access) return null
    const mark = markOf(access)
    const before = asked.get(row.id)
    if (before?.mark === mark) return before.who
    const who = whoIs(access, closing.signal)
    const kept = { mark, who: who.catch(() => null) }
    asked.set(row.id, kept)
    // What could not be asked now is asked again.
    void who.catch(() => asked.get(row.id) === kept && asked.delete(row.id))
    return kept.who
  }

  return {
    /** null: it is no live source, or nobody can say now; a token that is gone or refused is told where it is tried. */
    of: (row: MigrationRow): Promise<Account | null> =>
      Promise.race([
        ask(row).catch(() => null),
        new Promise<null>((late) => setTimeout(late, waitMs, null).unref()),
      ]),
    close: () => closing.abort(),
  }
}

/** The note of an inspection whose source would be read as somebody else now. */
export const otherReader = (then: Account, now: Account, sent: boolean) => ({
  code: 'read-by-another',
  text: `It was read as ${then.displayName}, and the token is that of ${now.displayName} now, who may see more of it or less${sent ? '; what was sent came from that reading, which stays in use' : ': read it again'}`,
  items: 0,
  n: null,
})

/** What a person should know who tries an access after the source was read, as sentences. */
export function sinceRead(
  { account, projects }: LiveFacts,
  now: Pick<SourceTestView, 'me' | 'projects'>,
): string[] {
  const said: string[] = []
  if (now.me.name !== account.name)
    said.push(
      `The source was read as ${account.displayName}: inspect it again to read what ${now.me.displayName} sees.`,
    )
  if (now.projects > projects.length)
    said.push(
      `It saw ${projects.length} projects when it was read, and sees ${now.projects} now: inspect it again to read the others.`,
    )
  return said
}
