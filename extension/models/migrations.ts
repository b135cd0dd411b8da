import { computed, createModel, effect, signal } from '@preact/signals'
import type { Reach } from '../cache/db.ts'
import { live } from '../cache/live.ts'
import { readNeeds, readReach, recentMigrations, shelfCounts } from '../cache/questions.ts'
import { type AgentSettings, defaultAddress, onAgentChange, readAgent } from '../settings.ts'
import { call } from '../sync/calls.ts'
import { lead } from '../sync/lead.ts'
import { follow } from '../sync/pull.ts'

/** More than the popup shows, and a page of what a person remembers. */
const mostRecent = 20

/** So old may the last answer be for the agent to count as here when a page opens. */
const stillHereMs = 10_000

/**
 * Whether what is known of the agent says nothing of now: until it has answered again, it is being asked.
 * That it answered an hour ago does not; nor does that nobody was paired, once somebody is.
 * @param openedAt when the page was opened, in epoch ms
 */
const isOld = (known: Reach | null | undefined, openedAt: number, token?: string): boolean =>
  known?.state === 'here'
    ? (known.at ?? 0) < openedAt - stillHereMs
    : known?.state === 'unpaired' && known.problem === null && token !== undefined

/** What every page shows: whether the agent answers, what runs or ended last, and what needs a person. */
export const MigrationsModel = createModel(() => {
  const recent = live(() => recentMigrations(mostRecent))
  const needs = live(readNeeds)
  const counts = live(shelfCounts)
  const known = live(readReach)
  const openedAt = Date.now()
  const agent = signal<AgentSettings | null>(null)
  const reach = computed(() =>
    isOld(known.value, openedAt, agent.value?.token ?? undefined) ? null : known.value,
  )

  // One of the open pages follows the agent for all: a background worker may not hold a stream.
  effect(() => {
    const leaving = new AbortController()
    void lead(leaving.signal, (leads) => follow(leads, () => call('attend', null)))
    return () => leaving.abort()
  })
  effect(() => {
    void readAgent().then((known) => {
      agent.value = known
    })
    return onAgentChange((changed) => {
      agent.value = changed
    })
  })

  return {
    reach,
    agent,
    /** Those in use, running first; not all of them. undefined until the cache has answered. */
    recent,
    /** What of those in use a person must look at. */
    needs,
    /** How many are in use and archived. */
    counts,
    /** When all that is shown was true, while nobody knows what is so now; null while the agent is here. */
    asOf: computed(() => (reach.value?.state === 'here' ? null : (known.value?.at ?? null))),
    agentHere: computed(() => reach.value?.state === 'here'),
    /** Asks the agent now, as the button "Try again" does. */
    pull: () => {
      void call('pull', null)
    },
  }
})
export type MigrationsModel = InstanceType<typeof MigrationsModel>

/** The port that the agent at this address must be told to listen on; null = it does so by itself. */
export const startPort = (address: string | null): string | null =>
  address === null || address === defaultAddress ? null : new URL(address).port
