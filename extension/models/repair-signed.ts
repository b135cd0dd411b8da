import { readWho, writeWho } from '../drafts.ts'
import { RepairModel, type RepairOptions } from './repair.ts'

/** A repair in our own pages, where a person signs it; the name is offered again the next time. */
export const signedRepair = (options: Omit<RepairOptions, 'signature'>): RepairModel =>
  new RepairModel({ ...options, signature: { read: readWho, write: writeWho } })
