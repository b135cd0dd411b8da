import type { SnapshotReader } from '../../../shared/record.ts'
import { type Context, createContext } from '../context.ts'
import { noAdf } from '../named.ts'
import type { CheckContext } from './check.ts'
import { emptySite } from './empty-site.ts'

const known = new WeakMap<SnapshotReader, { of: unknown[]; context: Context }>()

/** What the plan decides before its first item, for checks that need more than one item of it; found once a session. */
export function planContext({ snapshot, options, site }: CheckContext): Context {
  const of = [options, site.facts]
  const there = known.get(snapshot)
  if (there?.of.every((one, i) => one === of[i])) return there.context
  const facts = site.facts ?? emptySite(snapshot)
  const context = createContext(snapshot, facts, options, noAdf)
  known.set(snapshot, { of, context })
  return context
}
