import { type Agent, answerOf } from './agent-client.ts'
import { agentAway } from './problems.ts'

/** How a file on its way is followed, and called back. */
export interface Watch {
  signal: AbortSignal
  onProgress: (sent: number, total: number) => void
}

/** A backup of 200 MB goes over the loopback in seconds; a busy disk gets its time. */
const withinMs = 10 * 60_000

/**
 * Sends a file to the agent as the part "file" of a form. What was sent of it is told as it goes, which fetch
 * cannot do in any browser. Rejects with the signal's reason when it is called back.
 */
export function sendFile(
  { address, token }: Agent,
  path: string,
  file: File,
  { signal, onProgress }: Watch,
): Promise<Response> {
  const body = new FormData()
  body.append('file', file, file.name)
  const request = new XMLHttpRequest()
  request.open('POST', `${address}/api/${path}`)
  request.setRequestHeader('Authorization', `Bearer ${token}`)
  request.timeout = withinMs
  return new Promise<Response>((resolve, reject) => {
    const away = () => reject(agentAway(address, new Error('The upload broke off.')))
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total)
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }))
    request.onerror = away
    request.ontimeout = away
    request.onabort = () => reject(signal.reason)
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(body)
  }).then((response) => answerOf(response, address))
}
