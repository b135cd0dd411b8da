/** Brings what changed at the agent into the cache: once when woken, or as a stream while a page is open. */
import { events, state } from '../agent-client.ts'
import { takeReach, takeState } from '../cache/changes.ts'
import { readCursor } from '../cache/questions.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { viewOf } from '../problems.ts'
import { onAgentChange, readAgent } from '../settings.ts'

interface Paired {
  address: string
  token: string
}

/** Asks once for all changes since the cursor. Never throws: what went wrong is in the cache as `reach`. */
export async function pull(): Promise<void> {
  await withAgent((agent) => catchUp(agent))
}

/**
 * All that changed since the cursor, page by page: each is in the cache before the next is asked for, so that
 * what broke off goes on where it was. A cursor from the agent's former folder begins anew.
 */
async function catchUp(agent: Paired, signal?: AbortSignal): Promise<void> {
  let since = await readCursor()
  for (;;) {
    const page = await state(agent, since)
    if (signal?.aborted) return
    const taken = await takeState(page, since, agent.address)
    if (taken) await takeReach('here', Date.now())
    if (taken && !page.more) return
    since = taken ? page.cursor : 0
  }
}

/** A reconnect comes soon enough for a person, and seldom enough for an agent that is starting. */
const againAfterMs = 2000

/**
 * Follows the agent until the signal ends: reads its stream, and starts again when it broke off or
 * another agent was chosen.
 * For pages only: a background worker that holds a stream is killed after 30 seconds.
 */
export async function follow(signal: AbortSignal, onNews: () => Promise<unknown>): Promise<void> {
  // The stream is read on in the meantime, or a slow answer to the one would hide that the other has fallen silent.
  const tell = oneAtATime(onNews, (error) => console.error(error))
  while (!signal.aborted) {
    const turned = new AbortController()
    const stop = onAgentChange(() => turned.abort())
    const either = AbortSignal.any([signal, turned.signal])
    await withAgent((agent) => listen(agent, either, tell), either)
    if (!turned.signal.aborted) await wait(againAfterMs, either)
    stop()
  }
}

async function listen(agent: Paired, signal: AbortSignal, tell: () => void): Promise<void> {
  await catchUp(agent, signal)
  tell()
  const since = await readCursor()
  for await (const news of events(agent, since, signal)) {
    if (signal.aborted || !(await takeState(news, since, agent.address))) return
    await takeReach('here', Date.now())
    tell()
  }
}

async function withAgent(
  work: (agent: Paired) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const { address, token } = await readAgent()
  if (token === null) return takeReach('unpaired', Date.now())
  const failed = () =>
    work({ address, token }).then(
      () => null,
      (error: unknown) => ({ error, problem: viewOf(error) }),
    )
  let failure = await failed()
  // A page that is being left hears of its requests what one hears whose agent died; it does not live to ask again.
  if (failure?.problem.code === 'agent-away' && !isLate(failure.error) && !signal?.aborted) {
    await wait(lookAgainAfterMs, signal)
    if (!signal?.aborted) failure = await failed()
  }
  // What was asked of an agent says nothing about the one that was chosen meanwhile.
  if (failure === null || signal?.aborted || (await readAgent()).address !== address) return
  const { error, problem } = failure
  if (problem.code === 'unexpected') console.error(error)
  await takeReach(problem.code === 'not-paired' ? 'unpaired' : 'away', Date.now(), problem)
}

/** Who did not answer in time was asked long enough. */
const isLate = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof DOMException &&
  error.cause.name === 'TimeoutError'

/** Longer than a page lives on that is being left, and too short for a person to notice. */
const lookAgainAfterMs = 400

/** Waits that long, or until the signal ends. */
function wait(waitMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, waitMs)
    signal?.addEventListener('abort', done)
    if (signal?.aborted) done()
  })
}
