import type * as Platform from '../../extension/platform.ts'

/**
 * The platform with the background in the same place: a message is a call of the handlers that `serve` registers.
 * To be given to vi.mock('../../extension/platform.ts').
 */
export async function nearBackground(load: <T>() => Promise<T>) {
  const platform = await load<typeof Platform>()
  let handler: Parameters<typeof platform.onMessage>[0] = () => undefined
  return {
    ...platform,
    closeStorage: async () => {},
    currentWindow: async () => 1,
    onMessage: (listener: typeof handler) => {
      handler = listener
    },
    sendToBackground: (message: unknown) => handler(message, { own: true, origin: null }),
  }
}
