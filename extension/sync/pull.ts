/** Brings what changed at the agent into the cache: once when woken, or as a stream while a page is open. */
import { events, state } from '../agent-client.ts'
import { takeReach, takeState } from '../cache/changes.ts'
import { readCursor } from '../cache/questions.ts'
import { viewOf } from '../problems.ts'
import { onAgentChange, readAgent } from '../settings.ts'

/** Asks once for all changes since the cursor. Never throws: what went wrong is in the cache as `reach`. */
export async function pull(): Promise<void> {
  await withAgent(async (agent) => {
    const since = await readCursor()
    const whole = await takeState(await state(agent, since), since)
    if (!whole) await takeState(await state(agent, 0), 0)
    await takeReach('here', Date.now())
  })
}

/** A reconnect comes soon enough for a person, and seldom enough for an agent that is starting. */
const againAfterMs = 2000

/**
 * Follows the agent until the signal ends: reads its stream, and starts again when it broke off.
 * For pages only: a background worker that holds a stream is killed after 30 seconds.
 */
export async function follow(signal: AbortSignal, onNews: () => Promise<unknown>): Promise<void> {
  while (!signal.aborted) {
    await withAgent(async (agent) => {
      await pull()
      await onNews()
      const since = await readCursor()
      for await (const news of events(agent, since, signal)) {
        if (!(await takeState(news, since))) return
        await takeReach('here', Date.now())
        await onNews()
      }
    }, signal)
    await wait(againAfterMs, signal)
  }
}

async function withAgent(
  work: (agent: { address: string; token: string }) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const { address, token } = await readAgent()
  if (token === null) return takeReach('unpaired', Date.now())
  try {
    await work({ address, token })
  } catch (error) {
    if (signal?.aborted) return
    const problem = viewOf(error)
    if (problem.code === 'unexpected') console.error(error)
    await takeReach(problem.code === 'not-paired' ? 'unpaired' : 'away', Date.now(), problem)
  }
}

/** Waits that long, or until the agent's address or token changes, or the signal ends. */
function wait(waitMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stop()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, waitMs)
    const stop = onAgentChange(done)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })
}
