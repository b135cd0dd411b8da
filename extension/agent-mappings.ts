/** The agent's routes of shared/api-mappings.ts, each answer parsed. */
import { type MappingsFile, MappingsFileSchema } from '../shared/api-mappings.ts'
import { type Agent, read, request } from './agent-client.ts'

/** A file of 200 MB has millions of lines, and each of them is read. Milliseconds. */
const slowMs = 10 * 60_000

export function uploadMappings(agent: Agent, file: File): Promise<MappingsFile> {
  const body = new FormData()
  body.append('file', file, file.name)
  return read(
    request(agent, 'mappings/upload', { method: 'POST', body }, slowMs),
    MappingsFileSchema,
  )
}

/** @param path on the agent's machine */
export const lookAtMappings = (agent: Agent, path: string): Promise<MappingsFile> =>
  read(
    request(
      agent,
      'mappings/look',
      {
        method: 'POST',
        body: JSON.stringify({ path }),
        headers: { 'Content-Type': 'application/json' },
      },
      slowMs,
    ),
    MappingsFileSchema,
  )
