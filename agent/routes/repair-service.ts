import type {
  PageAnswer,
  PageTurn,
  RepairPreview,
  RepairState,
  RepairVia,
} from '../../shared/api-repair.ts'

/** What the routes ask of the repairs. Each throws a Problem where it cannot be done, with the reason. */
export interface RepairService {
  /** What would be done about these items; looks at the site and writes nothing. */
  preview(migrationId: string, items: readonly number[], via: RepairVia): Promise<RepairPreview>
  /** The items of these issues whose texts may hold links to the old server; a preview tells which do. */
  withLinks(migrationId: string, issueKeys: readonly string[]): Promise<number[]>
  /** Writes down the repairs of these items, and begins. */
  start(
    migrationId: string,
    items: readonly number[],
    by: { via: RepairVia; who: string },
  ): Promise<void>
  /** Begins to take back what a repair wrote. */
  undo(migrationId: string, n: number, by: { via: RepairVia; who: string }): Promise<void>
  /** Ends what is under way: what was sent is read back, what was not is not sent. */
  stop(migrationId: string): Promise<void>
  /** How far the repairs under way are. */
  progress(migrationId: string): {
    running: boolean
    sentence: string | null
    done: number
    total: number
  }
  /** The answer of a page to the request that it took, and the next one for it. */
  turn(migrationId: string, answer: PageAnswer | null): Promise<PageTurn>
  /** A part of a file that a page is to send; null = there is none. */
  file(migrationId: string, request: number, from: number): Promise<Uint8Array | null>
}

/** Only what was sent, and is not being taken back, can be undone. */
export const undoable: ReadonlySet<RepairState> = new Set(['verified', 'failed'])
