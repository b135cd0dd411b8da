import { computed, createModel, effect, signal } from '@preact/signals'
import { live } from '../cache/live.ts'
import { allMigrations, readReach } from '../cache/questions.ts'
import { type AgentSettings, onAgentChange, readAgent } from '../settings.ts'
import { call } from '../sync/calls.ts'
import { follow } from '../sync/pull.ts'

/** What every page shows: the migrations the cache knows and whether the agent answers. */
export const MigrationsModel = createModel(() => {
  const all = live(allMigrations)
  const reach = live(readReach)
  const agent = signal<AgentSettings | null>(null)

  // While the page is open it follows the agent itself: a background worker may not hold a stream.
  effect(() => {
    const leaving = new AbortController()
    void follow(leaving.signal, () => call('attend', null))
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
    all,
    reach,
    agent,
    /** In the list, running first. undefined until the cache has answered. */
    shown: computed(() => all.value?.filter((row) => !row.archived)),
    archived: computed(() => all.value?.filter((row) => row.archived)),
    agentHere: computed(() => reach.value?.state === 'here'),
    needsAttention: computed(
      () =>
        all.value
          ?.filter((row) => !row.archived)
          .reduce((sum, row) => sum + row.needsAttention, 0) ?? 0,
    ),
    /** Asks the agent now, as the button "Try again" does. */
    pull: () => {
      void call('pull', null)
    },
  }
})
export type MigrationsModel = InstanceType<typeof MigrationsModel>
