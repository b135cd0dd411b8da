import { computed, createModel, effect, signal } from '@preact/signals'
import { live } from '../cache/live.ts'
import { readNeeds, readReach, recentMigrations, shelfCounts } from '../cache/questions.ts'
import { type AgentSettings, onAgentChange, readAgent } from '../settings.ts'
import { call } from '../sync/calls.ts'
import { lead } from '../sync/lead.ts'
import { follow } from '../sync/pull.ts'

/** More than the popup shows, and a page of what a person remembers. */
const mostRecent = 20

/** What every page shows: whether the agent answers, what runs or ended last, and what needs a person. */
export const MigrationsModel = createModel(() => {
  const recent = live(() => recentMigrations(mostRecent))
  const needs = live(readNeeds)
  const counts = live(shelfCounts)
  const reach = live(readReach)
  const agent = signal<AgentSettings | null>(null)

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
    agentHere: computed(() => reach.value?.state === 'here'),
    /** Asks the agent now, as the button "Try again" does. */
    pull: () => {
      void call('pull', null)
    },
  }
})
export type MigrationsModel = InstanceType<typeof MigrationsModel>
