import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultFolder, portOf } from '../config.ts'
import { startAgent } from '../serve.ts'
import { numberFrom } from './options.ts'
import { say } from './output.ts'
import { untilStopped } from './until-stopped.ts'

/** serve: the agent, until Ctrl-C or SIGTERM. */
export async function serve(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      folder: { type: 'string' },
      'practice-port': { type: 'string' },
      json: { type: 'boolean' },
    },
  })
  const folder = resolve(values.folder ?? defaultFolder())
  const agent = await startAgent({
    folder,
    port: numberFrom(values.port, 'port', portOf()),
    practicePort: numberFrom(values['practice-port'], 'practice-port', 0),
    onCode: (code) => say(`Pairing code: ${code}  (good once, for ten minutes)`),
  })
  // Before anything is printed: who reads the address may send SIGTERM in the same moment.
  const stopped = untilStopped()
  const code = agent.pairingCode()
  if (values.json) process.stdout.write(`${JSON.stringify({ url: agent.url, folder, code })}\n`)
  say(
    `Landfall agent at ${agent.url}, working in ${folder}. Ctrl-C stops it; what runs goes on at the next start.`,
  )
  await stopped
  await agent.close()
  return 0
}
