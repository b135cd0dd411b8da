import type { AppContext } from './path.ts'
import type { createCalls } from './path-calls.ts'
import type { Pages, Stint } from './path-protocol.ts'
import type { Telling } from './path-telling.ts'

type Calls = Pick<ReturnType<typeof createCalls>, 'ask'>
let lists = 0

/** The context as a path sees it inside its thread: every call goes to the agent, which knows this app only. */
export function createClient(
  stint: Stint,
  signal: AbortSignal,
  { ask: given }: Calls,
  telling: Telling,
): AppContext {
  const ask: Calls['ask'] = (name, ...args) => {
    signal.throwIfAborted()
    return given(name, ...args)
  }

  async function* pages<W extends keyof Pages>(
    which: W,
    wanted: string[] = [],
  ): AsyncGenerator<Pages[W]> {
    const list = ++lists
    let ended = false
    try {
      for (;;) {
        const page = (await ask('next', list, which, wanted)) as Pages[W] | null
        ended = page === null
        if (page === null) return
        yield page
      }
    } catch (error) {
      ended = true
      throw error
    } finally {
      // Left in the middle: the agent need not keep its place.
      if (!ended && !signal.aborted) await ask('stop', list)
    }
  }

  /** Texts travel one after another, whoever writes: many large ones at once would be the agent's memory. */
  let writing: Promise<unknown> = Promise.resolve()
  const write = (file: number, text: string): Promise<void> => {
    const turn = writing.then(() => ask('write', file, text))
    // Whoever wrote hears of the failure by `turn`; those behind are not to fail for it.
    writing = turn.catch(() => undefined)
    return turn
  }

  return {
    app: stint.app,
    decision: stint.decision,
    transferId: stint.transferId,
    signal,
    tables(wants = () => true) {
      const names = stint.app.trace.tables.map(({ name }) => name)
      return pages('tables', names.filter(wants))
    },
    properties: () => pages('properties'),
    property: async (id) => ask('property', id),
    fieldValues: () => pages('fieldValues'),
    mapping: async (namespace, sourceId) => ask('mapping', namespace, sourceId),
    userKey: async (id) => ask('userKey', id),
    site: {
      set: async (target, key, value) => ask('set', target, key, value),
      get: async (target, key) => ask('get', target, key),
    },
    files: {
      async create(name) {
        const file = await ask('create', name)
        return {
          write: async (text) => write(file, text),
          async close() {
            await writing
            return ask('close', file)
          },
        }
      },
      read: (name) => pages('bytes', [name]),
    },
    records: {
      add: async (records) => ask('add', records),
      open: () => pages('open'),
      sent: () => pages('sent'),
      async of(sourceIds) {
        const found = await ask('of', sourceIds)
        return new Map(found.map((record) => [record.sourceId, record]))
      },
      settle: async (settled) => ask('settle', settled),
    },
    checkpoint: {
      get: async (name) => ask('checkpoint', name),
      set: async (name, value) => ask('setCheckpoint', name, value),
    },
    log(level, event, message) {
      signal.throwIfAborted()
      telling.log(level, event, message)
    },
    progress(percent, message) {
      signal.throwIfAborted()
      telling.progress(percent, message)
    },
    handler: stint.hasHandler
      ? {
          tell: async (event, details) => ask('tell', event, details),
          settled: async () => ask('settled'),
        }
      : null,
  }
}
