import { Problem, type ProblemCode } from '../../shared/problem.ts'
import { type Answer, type Call, callsAtOnce, type Remote } from './path-protocol.ts'

type Ask = <N extends keyof Remote>(
  name: N,
  ...args: Parameters<Remote[N]>
) => ReturnType<Remote[N]>

/** The thread's side of the calls: those made at the same time travel together, and only so many at once. */
export function createCalls(post: (calls: Call[]) => void) {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let queue: Call[] = []
  let last = 0
  let underWay = 0
  let planned = false

  function send(): void {
    planned = false
    const page = queue.slice(0, callsAtOnce - underWay)
    if (page.length === 0) return
    queue = queue.slice(page.length)
    underWay += page.length
    try {
      post(page)
    } catch {
      // One of them holds what cannot travel (a function): each for itself, so that only that one fails.
      for (const call of page)
        try {
          post([call])
        } catch (alone) {
          settle(call.id, (one) => one.reject(alone))
        }
    }
  }
  function plan(): void {
    if (planned) return
    planned = true
    queueMicrotask(send)
  }
  function settle(id: number, how: (call: PromiseWithResolvers<unknown>) => void): void {
    const call = waiting.get(id)
    if (!call) return
    waiting.delete(id)
    underWay--
    how(call)
    if (queue.length) plan()
  }

  const ask: Ask = (name, ...args) => {
    const call = Promise.withResolvers<unknown>()
    waiting.set(++last, call)
    queue.push({ id: last, name, args })
    plan()
    return call.promise as ReturnType<Remote[typeof name]>
  }
  return {
    ask,
    take(answers: readonly Answer[]): void {
      for (const answer of answers)
        settle(answer.id, (call) =>
          'problem' in answer ? call.reject(asError(answer)) : call.resolve(answer.value),
        )
    },
    /** Everything that waits gets this reason. */
    abort(reason: unknown): void {
      const calls = [...waiting.values()]
      waiting.clear()
      queue = []
      underWay = 0
      for (const { reject } of calls) reject(reason)
    },
  }
}

function asError(answer: Extract<Answer, { plain: string | null }>): Error {
  if (answer.plain !== null) return new Error(answer.plain)
  const { code, sentence, hint, again } = answer.problem
  return new Problem(code as ProblemCode, sentence, { hint, again })
}
