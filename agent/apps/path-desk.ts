import { Problem, viewProblem } from '../../shared/problem.ts'
import type { AppContext, PathFile } from './path.ts'
import type { Answer, Call, Pages, Remote } from './path-protocol.ts'

/** Answers the calls of a path's thread from its context. */
export interface Desk {
  take(calls: readonly Call[]): void
  /** Ends the lists that are still being read, and answers no more. */
  close(): Promise<void>
}

/** @param reply given the answers, those that come at the same time in one go */
export function createDesk(context: AppContext, reply: (answers: Answer[]) => void): Desk {
  const lists = new Map<number, AsyncIterator<Pages[keyof Pages]>>()
  const files = new Map<number, PathFile>()
  let made = 0
  let closed = false
  let answers: Answer[] = []

  const remote: Remote = {
    async next(list, which, wanted) {
      const reading = lists.get(list) ?? open(context, which, wanted)[Symbol.asyncIterator]()
      lists.set(list, reading)
      const { done, value } = await reading.next()
      if (!done) return value
      lists.delete(list)
      return null
    },
    async stop(list) {
      await lists.get(list)?.return?.()
      lists.delete(list)
    },
    property: (id) => context.property(id),
    mapping: (namespace, sourceId) => context.mapping(namespace, sourceId),
    userKey: (id) => context.userKey(id),
    set: (target, key, value) => context.site.set(target, key, value),
    get: (target, key) => context.site.get(target, key),
    async create(name) {
      files.set(++made, await context.files.create(name))
      return made
    },
    write: (file, text) => fileOf(file).write(text),
    async close(file) {
      const written = await fileOf(file).close()
      files.delete(file)
      return written
    },
    add: (records) => context.records.add(records),
    of: async (sourceIds) => [...(await context.records.of(sourceIds)).values()],
    settle: (settled) => context.records.settle(settled),
    checkpoint: (name) => context.checkpoint.get(name),
    setCheckpoint: (name, value) => context.checkpoint.set(name, value),
    tell: (event, details) => handlerOf().tell(event, details),
    settled: () => handlerOf().settled(),
  }

  const fileOf = (file: number): PathFile => {
    const known = files.get(file)
    if (known) return known
    throw notThere('A path wrote into a file that is closed.')
  }
  const handlerOf = () => {
    if (context.handler) return context.handler
    throw notThere('No handler is registered for this app.')
  }

  async function answer({ id, name, args }: Call): Promise<Answer> {
    try {
      // Names and arguments come from our own side of the thread, which is typed by the same interface.
      const call = remote[name] as (...given: unknown[]) => Promise<unknown>
      return { id, value: await call(...args) }
    } catch (error) {
      const plain = error instanceof Problem ? null : String((error as Error)?.message ?? error)
      return { id, problem: viewProblem(error), plain }
    }
  }

  function send(one: Answer): void {
    if (answers.push(one) > 1) return
    setImmediate(() => {
      const page = answers
      answers = []
      if (!closed) reply(page)
    })
  }

  return {
    take(calls) {
      for (const call of calls) void answer(call).then(send)
    },
    async close() {
      closed = true
      const open = [...lists.values()]
      lists.clear()
      for (const reading of open) await reading.return?.()
    },
  }
}

function open(
  context: AppContext,
  which: keyof Pages,
  wanted: readonly string[],
): AsyncIterable<Pages[keyof Pages]> {
  if (which === 'tables') return context.tables((name) => wanted.includes(name))
  if (which === 'properties') return context.properties()
  if (which === 'fieldValues') return context.fieldValues()
  if (which === 'bytes') return bytes(context.files.read(wanted[0] ?? ''))
  return which === 'open' ? context.records.open() : context.records.sent()
}

/** A piece of a stream may share its memory with others, which would all be copied along. */
async function* bytes(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield new Uint8Array(piece)
}

const notThere = (sentence: string) =>
  new Problem('usage', sentence, { hint: 'The path has to be corrected by whoever made it.' })
