import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { servePractice } from '../practice/serve.ts'
import { numberFrom, usage } from './options.ts'
import { untilStopped } from './until-stopped.ts'

/** practice --port P: the practice site alone, as a server; its first line on stdout is JSON {url, email, token}. */
export async function practice(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      state: { type: 'string' },
      'rate-limits': { type: 'string' },
      json: { type: 'boolean' },
    },
  })
  const rateLimits = values['rate-limits'] ?? 'off'
  if (rateLimits !== 'real' && rateLimits !== 'off')
    throw usage(
      `--rate-limits is real or off, not ${rateLimits}.`,
      'real answers 429 as Jira Cloud documents it; off never does.',
    )
  const site = await servePractice({
    port: numberFrom(values.port, 'port', 0),
    stateDir: values.state ? resolve(values.state) : null,
    rateLimits,
  })
  process.stdout.write(
    `${JSON.stringify({ url: site.url, email: site.email, token: site.token })}\n`,
  )
  await untilStopped()
  await site.close()
  return 0
}
