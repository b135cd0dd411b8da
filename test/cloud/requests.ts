import type { Send, SiteAnswer, SiteRequest } from '../../agent/cloud/send.ts'
import { isIdempotent, requestLimitMs, templateOf } from '../../agent/cloud/send.ts'

/** A request as the client makes it, with only what matters to a test. */
export function request(
  method: SiteRequest['method'],
  path: string,
  more: Partial<SiteRequest> = {},
): SiteRequest {
  const template = templateOf(path)
  return {
    method,
    path,
    template,
    query: {},
    headers: {},
    body: null,
    idempotent: isIdempotent(method, template),
    writesTo: [],
    limitMs: requestLimitMs,
    stream: false,
    ...more,
  }
}

export const answer = (
  status: number,
  headers: Record<string, string> = {},
  text = '{}',
): SiteAnswer => ({ status, headers, text, stream: null })

/** Answers (or throws) one after the other; the last one stays. Counts what was asked. */
export function script(...steps: (SiteAnswer | Error)[]): Send & { asked: SiteRequest[] } {
  const asked: SiteRequest[] = []
  const send = async (wanted: SiteRequest) => {
    const step = steps[Math.min(asked.length, steps.length - 1)]
    asked.push(wanted)
    if (step instanceof Error) throw step
    return step ?? answer(500)
  }
  return Object.assign(send, { asked })
}

export const networkError = (code: string) => Object.assign(new Error(code), { code })
