import { Problem } from '../../shared/problem.ts'
import { type AppRow, handlerSecret } from '../ledger/apps.ts'
import type { Vault } from '../ledger/secrets.ts'
import { tellHandler } from './handler.ts'
import type { PathHandler } from './path.ts'

/**
 * The app's own handler as its path sees it; null where none is registered.
 * @param settled resolves when the handler has settled the transfer at the agent's door
 * @param signal ends waiting for that; telling goes on, so that a cancellation can still be told
 * @param knows hears whether the handler knows the transfer
 */
export async function createHandler(
  parts: { vault: Vault; now(): number },
  row: AppRow,
  settled: Promise<void>,
  signal: AbortSignal,
  knows: (known: boolean) => Promise<void>,
): Promise<PathHandler | null> {
  const url = row.handlerUrl
  if (url === null) return null
  const { migrationId, key, transferId } = row
  const secret = await parts.vault.get(handlerSecret(migrationId, key))
  if (secret === null)
    throw new Problem('usage', 'The secret of the app’s handler is not stored here.', {
      hint: 'Register the handler again, with its secret.',
    })
  const ended = new Promise<never>((_done, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  // It is only ever raced against; a transfer that ends with nobody waiting is no error.
  ended.catch(() => undefined)
  return {
    tell: (event, details) =>
      tellHandler(
        { url, secret },
        {
          eventType: event,
          transferId,
          migrationDetails: { migrationId, name: key },
          ...details,
        },
        { now: parts.now, signal: AbortSignal.timeout(120_000), knows },
      ),
    settled: () => Promise.race([settled, ended]),
  }
}
