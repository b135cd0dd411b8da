/** How the migrations of an agent stood when it was heard last, kept aside while another one is in use. */
import { cache, type Stood } from './db.ts'

/** Empty where nothing of it was kept, or not all. */
export async function readStood(owner: string | null): Promise<ReadonlyMap<string, Stood>> {
  const known = owner === null ? undefined : await cache.others.get(owner)
  return new Map(known?.whole ? known.rows : [])
}

/** A person wants to hear nothing of this agent any more. */
export const forgetStood = (owner: string): Promise<void> => cache.others.delete(owner)
