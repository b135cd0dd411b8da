import { call } from '../sync/calls.ts'

interface Question {
  /** The migration's id. */
  id: string
  issues: string[]
  site?: string
}

/** The items of these issues whose texts may hold links to the old server; their preview tells which do. */
export const itemsWithLinks = async (question: Question): Promise<number[]> =>
  (await call('repairLinks', question)).items
