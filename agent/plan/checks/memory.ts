import { bytes, check, fine, warn } from './check.ts'

/** Reading 1 GB was measured to stay within 260 MB, the converter takes 235 MB; the system needs its own. */
const enough = 1024 ** 3

export const memory = check({
  key: 'memory',
  group: 'system',
  title: 'Memory of the machine',
  worst: 'warning',
  canOverride: true,
  say(_none, { agent }) {
    const has = `The machine of the agent has ${bytes(agent.memory)} of memory.`
    return agent.memory < enough
      ? warn(has, 'With less than 1 GB it may be slow; close other programs while it runs.')
      : fine(has)
  },
})
