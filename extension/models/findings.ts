import { createModel, signal } from '@preact/signals'
import type { MigrationDetail } from '../../shared/api.ts'
import { isStranger } from '../../shared/api-strangers.ts'
import type { ProblemView } from '../../shared/problem.ts'
import type { AcceptedCause, SaidWhy } from '../agent-setup.ts'
import { readWho, writeWho } from '../drafts.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'
import { onOpen } from './opening.ts'
import { itemsHash, toHash } from './place.ts'

export type Finding = MigrationDetail['findings'][number]
/** One cause for one kind with one verdict is one finding. */
export const findingKey = ({ code, kind, verdict }: Finding): string => `${code} ${kind} ${verdict}`

/** How many others failed because one of its items is not there. */
export const dependentsOf = (finding: Finding): number => finding.dependents ?? 0

/** Where the numbers of a finding lead: to its own items, to those that need them, and to both together. */
export interface FindingLists {
  own: string
  needing: string
  all: string
}
export function behindFinding(id: string, finding: Finding): FindingLists {
  const { kind, verdict, code } = finding
  if (isStranger(finding)) {
    const list = toHash({ at: 'strangers', id, kind, after: null })
    return { own: list, needing: list, all: list }
  }
  const own = itemsHash(id, { kind, verdict, code })
  const group = { code, root: kind }
  return {
    own,
    needing: itemsHash(id, { ...group, only: 'needing' }),
    all: dependentsOf(finding) > 0 ? itemsHash(id, group) : own,
  }
}

/** Biggest first; of equal sizes the worst first. */
const weight: Record<Finding['verdict'], number> = {
  failed: 3,
  different: 2,
  leftOut: 1,
  verified: 0,
}
export const byWeight = (findings: Finding[]): Finding[] =>
  findings.toSorted((a, b) => size(b) - size(a) || weight[b.verdict] - weight[a.verdict])
const size = (one: Finding) => one.items + dependentsOf(one)

/** Answers findings: the failed items go back into the queue, or somebody lives with them. */
export const FindingsModel = createModel((id: string) => {
  const busy = signal<string | null>(null)
  const problem = signal<ProblemView | null>(null)
  /** How many items the last retry took up. */
  const retried = signal<number | null>(null)
  const who = signal('')
  onOpen(() => {
    void readWho().then((name) => {
      who.value = name
    })
  })

  async function work(finding: Finding, deed: () => Promise<void>): Promise<boolean> {
    busy.value = findingKey(finding)
    problem.value = null
    retried.value = null
    try {
      await deed()
      await call('detail', { id })
      return true
    } catch (error) {
      problem.value = viewOf(error)
      return false
    } finally {
      busy.value = null
    }
  }
  return {
    busy,
    problem,
    retried,
    who,
    retry: (finding: Finding) => {
      const { code, kind } = finding
      void work(finding, async () => {
        retried.value = (await call('retryFinding', { id, cause: { code, kind } })).items
      })
    },
    /** Somebody lives with it, and says why; null takes that back. Resolves to whether it was done. */
    accept: (finding: Finding, why: SaidWhy | null): Promise<boolean> => {
      const { code, kind, verdict } = finding
      if (verdict === 'verified') return Promise.resolve(false)
      if (why !== null) {
        who.value = why.who
        void writeWho(why.who)
      }
      const cause: AcceptedCause = { code, kind, verdict }
      return work(finding, async () => {
        await call('acceptFinding', { id, cause, why })
      })
    },
  }
})
export type FindingsModel = InstanceType<typeof FindingsModel>
