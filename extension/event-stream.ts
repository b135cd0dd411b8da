import { silentWords } from './words-problems.ts'

/** One event of a text/event-stream. */
export interface StreamEvent {
  event: string
  id: string | null
  data: string
}

/**
 * Reads a text/event-stream as it comes. EventSource cannot carry the token, so this is done by hand:
 * events end with an empty line, `data:` lines are joined by newlines, comments (":") are heartbeats.
 * @param silentMs so long without a byte, heartbeats included, is the end: it throws a TimeoutError
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  silentMs = Number.POSITIVE_INFINITY,
): AsyncGenerator<StreamEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  let event = { event: 'message', id: null as string | null, data: [] as string[] }
  try {
    for (;;) {
      const { done, value } = await within(silentMs, reader.read())
      if (done) return
      rest += decoder.decode(value, { stream: true })
      const lines = rest.split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line !== '') {
          takeLine(event, line)
          continue
        }
        if (event.data.length > 0) yield { ...event, data: event.data.join('\n') }
        event = { event: 'message', id: event.id, data: [] }
      }
    }
  } finally {
    await reader.cancel()
  }
}

async function within<T>(waitMs: number, work: Promise<T>): Promise<T> {
  if (!Number.isFinite(waitMs)) return work
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    const late = () => reject(new DOMException(silentWords(waitMs), 'TimeoutError'))
    timer = setTimeout(late, waitMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

function takeLine(event: { event: string; id: string | null; data: string[] }, line: string): void {
  const colon = line.indexOf(':')
  const field = colon < 0 ? line : line.slice(0, colon)
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
  if (field === 'data') event.data.push(value)
  else if (field === 'event') event.event = value
  else if (field === 'id') event.id = value
}
