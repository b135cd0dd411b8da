import type { Clock } from './clock.ts'
import type { Send } from './send.ts'

/** What a log may know of a request: never a body, a query, a header or a key. status 0: no answer came. */
export interface RequestLine {
  method: string
  path: string
  status: number
  ms: number
}

/** Tells one line for each request that leaves. */
export function withLog(send: Send, clock: Clock, onRequest: (line: RequestLine) => void): Send {
  return async (request, signal) => {
    const began = clock.now()
    const tell = (status: number) =>
      onRequest({
        method: request.method,
        path: request.template,
        status,
        ms: clock.now() - began,
      })
    try {
      const answer = await send(request, signal)
      tell(answer.status)
      return answer
    } catch (error) {
      tell(0)
      throw error
    }
  }
}
