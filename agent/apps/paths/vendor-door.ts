import type { Dumped } from '../dump.ts'
import type { AppContext, AppPath } from '../path.ts'
import { checkTables, dumpOf, dumpTables, planTables } from '../tables.ts'

/**
 * The app's own cloud handler does the work, as it does for the app migration platform: it is told of the
 * start, of each piece of data and of the end of the export, reads data and mappings from the agent, and says
 * itself how far it is and how it ended. What it took is not told again when the agent was started anew; only an
 * event whose answer the agent did not live to write down comes twice, so handlers take each by its s3Key once.
 */
export const path: AppPath = {
  key: 'vendor-door',
  title: "The app's own handler",
  // Chosen by the registry where a handler is registered, and never beside another path.
  fits: () => true,
  plan: planTables,

  async run(context) {
    const handler = context.handler
    if (!handler) throw new Error('No handler is registered for this app.')
    const once = async (name: string, event: string, details: Record<string, unknown>) => {
      const told = `told:${context.transferId}:${name}`
      if (await context.checkpoint.get(told)) return
      await handler.tell(event, details)
      await context.checkpoint.set(told, true)
      context.log('info', 'handler', `Notified cloud app: ${event}.`)
    }
    await once('triggered', 'avi:ecosystem.migration:triggered:listener', {})
    await dumpTables(context, 0, async () => undefined)
    await checkTables(context)
    for (const { name } of context.app.trace.tables) {
      const dumped = await dumpOf(context, name)
      for (const [s3Key, label] of dumped ? keysOf(context, dumped) : []) {
        await once(s3Key, 'avi:ecosystem.migration:uploaded:app_data', { s3Key, label })
        context.log('info', 'data', `App data uploaded. Details: ID: ${s3Key}`)
      }
    }
    await once('exported', 'avi:ecosystem.migration:completed:export_phase', {})
    await handler.settled()
  },

  check: checkTables,
}

/** The JSON files only: they hold every value as it is. */
const keysOf = ({ transferId }: AppContext, { name, files }: Dumped): [string, string][] =>
  files
    .filter((file) => file.name.endsWith('.json'))
    .map((file) => [`${transferId}.${file.name}`, name])
