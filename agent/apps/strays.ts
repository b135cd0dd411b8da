import { pathToFileURL } from 'node:url'
import { Left } from './context.ts'
import { Broken } from './move.ts'

/**
 * A customer's path may leave things behind: a promise that nobody waits for, a timer that goes on calling. What
 * they throw would end the process, and with it every other app; it is said as a warning instead. Everything
 * else that nobody catches still ends the process.
 * @param folder where customers' paths lie: what has been thrown from a file in it is theirs
 * @returns takes the watch off again
 */
export function catchStrays(folder: string): () => void {
  const places = [folder, pathToFileURL(folder).href]
  const said = new Set<string>()
  const catching = (error: unknown) => {
    if (!isStray(error, places)) throw error
    // A timer left behind may fail a hundred times a second: each failure is said once.
    const text = `A path of an app left something behind that failed: ${error}`
    if (said.size >= 100 || said.has(text)) return
    said.add(text)
    process.emitWarning(text)
  }
  process.on('unhandledRejection', catching)
  process.on('uncaughtException', catching)
  return () => {
    process.off('unhandledRejection', catching)
    process.off('uncaughtException', catching)
  }
}

/** Whether it comes from a path: by what our own calls threw at it, or by the file it was thrown from. */
function isStray(error: unknown, places: readonly string[]): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof Left || error instanceof Broken) return true
  return (
    places.some((place) => error.stack?.includes(place)) ||
    // What listens to a signal throws an error of its own, with the signal's reason as its cause.
    (error.cause !== undefined && isStray(error.cause, places))
  )
}
