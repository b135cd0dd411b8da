import * as v from 'valibot'
import type { AdfDoc } from '../../shared/plan.ts'
import { read } from './client.ts'

/**
 * All of a list that comes in pages {startAt, total, isLast, values}. A page may be shorter than asked
 * for, so the next one begins after what came; an empty page ends it.
 * ask: gets where the page begins; of: the endpoint, for the Problem when an answer does not fit.
 */
export async function* pages<S extends v.GenericSchema>(
  item: S,
  of: string,
  ask: (startAt: number) => Promise<unknown>,
): AsyncGenerator<v.InferOutput<S>> {
  const Page = v.object({
    values: v.array(item),
    isLast: v.optional(v.boolean()),
    total: v.optional(v.number()),
  })
  for (let startAt = 0; ; ) {
    const page = read(Page, await ask(startAt), of)
    yield* page.values
    startAt += page.values.length
    const end = page.isLast ?? (page.total !== undefined && startAt >= page.total)
    if (end || page.values.length === 0) return
  }
}

/** The same as one array, for lists that a site has few of. */
export async function everyPage<S extends v.GenericSchema>(
  item: S,
  of: string,
  ask: (startAt: number) => Promise<unknown>,
): Promise<v.InferOutput<S>[]> {
  const all: v.InferOutput<S>[] = []
  for await (const one of pages(item, of, ask)) all.push(one)
  return all
}

/** In parts of at most so many. */
export function inParts<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = []
  for (let from = 0; from < all.length; from += size) parts.push(all.slice(from, from + size))
  return parts
}

/** Ids come as numbers here and as texts there. */
export const Id = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((id) => String(id)),
)
/** A text that the site leaves out when it is empty. */
export const Text = v.nullish(v.string(), '')
/** A value that the site leaves out when there is none. */
export const orNull = <S extends v.GenericSchema>(schema: S) => v.nullish(schema, null)
/** An ADF document; what is in it is the business of those who compare it. */
export const Adf = orNull(
  v.custom<AdfDoc>(
    (value) =>
      typeof value === 'object' && value !== null && 'type' in value && value.type === 'doc',
    'An ADF document has the type doc.',
  ),
)
