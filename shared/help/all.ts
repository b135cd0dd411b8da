import { agentTroubles } from './agent.ts'
import { appTroubles } from './apps.ts'
import { checkTroubles } from './checks.ts'
import { differenceTroubles } from './differences.ts'
import { fieldTroubles, fileTroubles, filterTroubles } from './fields.ts'
import { issueTroubles } from './issues.ts'
import { liveTroubles } from './live.ts'
import { peopleTroubles } from './people.ts'
import { runTroubles } from './run.ts'
import { siteTroubles } from './site.ts'
import { sourceTroubles } from './source.ts'
import type { Trouble, TroubleGroup } from './trouble.ts'

/** The troubleshooting guide: every code that can reach a person, by group. */
export const troubles: Record<TroubleGroup, readonly Trouble[]> = {
  source: [...sourceTroubles, ...liveTroubles],
  agent: agentTroubles,
  site: siteTroubles,
  run: runTroubles,
  people: peopleTroubles,
  issues: issueTroubles,
  fields: fieldTroubles,
  files: fileTroubles,
  filters: filterTroubles,
  differences: differenceTroubles,
  apps: appTroubles,
  checks: checkTroubles,
}

export const allTroubles: readonly Trouble[] = Object.values(troubles).flat()

const byCode = new Map(
  allTroubles.flatMap((one) => [one.code, ...(one.also ?? [])].map((code) => [code, one] as const)),
)

/**
 * What a code means. Codes of differences name one field or several ("different:summary+status", as a
 * finding also "different-summary"); each known field has its explanation, any other the one for all.
 * @returns none for a code that nobody utters
 */
export function troublesOf(code: string): Trouble[] {
  const exact = byCode.get(code)
  if (exact) return [exact]
  const [, head = '', rest = ''] = /^(different|stranger)[:-](.+)$/.exec(code) ?? []
  const general = byCode.get(head)
  if (!general) return []
  if (head === 'stranger') return [general]
  const fields = rest.split(/[+,]\s*/).flatMap((field) => byCode.get(`different:${field}`) ?? [])
  return fields.length > 0 ? [...new Set(fields)] : [general]
}
