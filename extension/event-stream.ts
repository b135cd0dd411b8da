/** One event of a text/event-stream. */
export interface StreamEvent {
  event: string
  id: string | null
  data: string
}

/**
 * Reads a text/event-stream as it comes. EventSource cannot carry the token, so this is done by hand:
 * events end with an empty line, `data:` lines are joined by newlines, comments (":") are heartbeats.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  let event = { event: 'message', id: null as string | null, data: [] as string[] }
  try {
    for (;;) {
      const { done, value } = await reader.read()
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

function takeLine(event: { event: string; id: string | null; data: string[] }, line: string): void {
  const colon = line.indexOf(':')
  const field = colon < 0 ? line : line.slice(0, colon)
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
  if (field === 'data') event.data.push(value)
  else if (field === 'event') event.event = value
  else if (field === 'id') event.id = value
}
