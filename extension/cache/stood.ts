/** How the migrations of an agent stood when it was heard last, kept aside while another one is in use. */
import { cache, type Stood } from './db.ts'

/** Null where that is not known to the end: then nothing of it is news. */
export async function readStood(owner: string | null): Promise<Map<string, Stood> | null> {
  const known = owner === null ? undefined : await cache.others.get(owner)
  return known?.whole ? new Map(known.rows) : null
}
