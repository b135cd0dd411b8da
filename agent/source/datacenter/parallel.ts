import { connections } from './client.ts'

/** In the order given, as many at once as the client has connections. */
export async function inParallel<T, R>(
  list: readonly T[],
  work: (one: T) => Promise<R>,
): Promise<R[]> {
  const done: R[] = new Array(list.length)
  let next = 0
  const worker = async () => {
    for (let at = next++; at < list.length; at = next++) done[at] = await work(list[at] as T)
  }
  await Promise.all(Array.from({ length: Math.min(connections, list.length) }, worker))
  return done
}
