import { Worker } from 'node:worker_threads'
import { Problem, type ProblemCode } from '../../shared/problem.ts'
import type { AppContext } from './path.ts'
import { createDesk } from './path-desk.ts'
import type { FromThread, Stint, Told, ToThread } from './path-protocol.ts'

/**
 * What a path may hold, in MB, heap and Buffers together. Ours hold one page at a time: 500 properties of the
 * longest that a site takes (32,768 characters) are 33 MB as text and as much again when parsed. Four times
 * that is 256 MB; 512 MB more, as the engine may let so much that is no longer used lie before it clears up.
 */
const memoryMb = 768
/** How often that is looked at, in milliseconds; a loop that fills memory takes some 50 MB in that time. */
const lookMs = 50
/**
 * Node's own limit for the heap, in MB, which counts no Buffers. It is far above ours, as the last line only:
 * where one allocation jumps over it, as an array that grows does, Node ends the whole process, not the thread.
 */
const lastMb = 4096
/** How long a path that is canceled may take to tidy up, in milliseconds. */
const graceMs = 1000

const mended = 'The path has to be corrected by whoever made it; then re-run this app migration.'
const tooMuch = () =>
  new Problem('unexpected', `It used more than ${memoryMb} MB of memory and was stopped.`, {
    hint: mended,
  })

/** The thread in which paths of one app run, so that none can hold up the agent or bring it down. */
export interface PathThread {
  /**
   * Works off the steps of one path. Throws a Problem when the path throws, or its thread dies; throws the
   * signal's reason once it is aborted, and the thread is gone by then.
   * @param grace whether an aborted path may tidy up for a second
   */
  work(
    stint: Stint,
    context: AppContext,
    onTold: (told: Told) => void,
    grace: (reason: unknown) => boolean,
  ): Promise<void>
  /** Whether it can take another stint. */
  alive(): boolean
  close(): Promise<void>
}

/** Starts a thread; takes about 80 ms of a core. */
export function openThread(): PathThread {
  const taken = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL('./path.worker.ts', import.meta.url), {
    workerData: taken,
    resourceLimits: { maxOldGenerationSizeMb: lastMb },
  })
  let dead: Error | null = null
  let onDeath: (error: Error) => void = () => undefined
  let onMessage: (message: FromThread) => void = () => undefined
  const die = (error: Error) => {
    dead ??= error
    onDeath(dead)
  }
  worker.on('message', (message: FromThread) => onMessage(message))
  worker.on('error', (error: Error) => die(deathOf(error)))
  worker.on('exit', (code) => {
    clearInterval(looking)
    die(new Problem('unexpected', `It ended its own thread (code ${code}).`, { hint: mended }))
  })

  let asked = false
  async function look(): Promise<void> {
    if (asked || dead) return
    asked = true
    try {
      const { used_heap_size: heap, external_memory: beside } = await worker.getHeapStatistics()
      if (heap + beside < memoryMb * 2 ** 20 || dead) return
      die(tooMuch())
      await worker.terminate()
    } catch (error) {
      // It has ended between the question and the answer, which its own event tells.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_NOT_RUNNING') throw error
    } finally {
      asked = false
    }
  }
  const looking = setInterval(() => {
    look().catch((error: unknown) => {
      clearInterval(looking)
      process.emitWarning(`The memory of a path cannot be watched: ${String(error)}`)
    })
  }, lookMs)
  looking.unref()

  const close = async () => {
    clearInterval(looking)
    dead ??= new Error('The thread of the path is closed.')
    await worker.terminate()
  }

  return {
    alive: () => dead === null,
    close,
    async work(stint, context, onTold, grace) {
      const { signal } = context
      signal.throwIfAborted()
      if (dead) throw dead
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const say = (message: ToThread) => worker.postMessage(message)
      const desk = createDesk(context, (answers) => say({ answers }))
      onDeath = reject
      onMessage = (message) => {
        if ('calls' in message) return desk.take(message.calls)
        if ('told' in message) {
          Atomics.add(taken, 0, 1)
          // Told by a path that goes on after a cancel.
          return signal.aborted ? undefined : onTold(message.told)
        }
        if (message.ended === null) return resolve()
        const { code, sentence, hint, again } = message.ended
        reject(new Problem(code as ProblemCode, sentence, { hint, again }))
      }
      let timer: NodeJS.Timeout | undefined
      const stop = () => {
        if (!grace(signal.reason)) return reject(signal.reason)
        say({ abort: String((signal.reason as Error)?.message ?? signal.reason) })
        timer = setTimeout(() => reject(signal.reason), graceMs)
      }
      signal.addEventListener('abort', stop, { once: true })
      try {
        say({ begin: stint })
        await promise
        signal.throwIfAborted()
      } catch (error) {
        await close()
        signal.throwIfAborted()
        throw error
      } finally {
        clearTimeout(timer)
        signal.removeEventListener('abort', stop)
        onDeath = () => undefined
        onMessage = () => undefined
        await desk.close()
      }
    },
  }
}

/** Why a thread died, said for people. */
function deathOf(error: Error): Error {
  if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY') return tooMuch()
  const said = error instanceof Error ? error.message : String(error)
  return new Problem('unexpected', `Something that it did not wait for failed: ${said}`, {
    hint: mended,
  })
}
