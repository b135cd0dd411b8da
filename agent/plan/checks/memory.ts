import { bytes, check, fine, warn } from './check.ts'

/** Reading 1 GB was measured to stay within 260 MB, the converter takes 235 MB; the system needs its own. */
const enough = 1024 ** 3

export const memory = check({
  key: 'memory',
  group: 'system',
  title: 'Memory for the agent',
  worst: 'warning',
  canOverride: true,
  say(_none, { agent }) {
    const has = `The agent may use ${bytes(agent.memory)} of memory.`
    return agent.memory < enough
      ? warn(
          has,
          'With less than 1 GB it may be slow: close other programs while it runs, or give its container more.',
        )
      : fine(has)
  },
})
