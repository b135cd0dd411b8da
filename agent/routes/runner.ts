import type { FailedCause } from '../ledger/retry.ts'

/** What the routes ask of the runner, which carries out migrations one beside the other. */
export interface Runner {
  /**
   * Begins a run, or goes on with the one that was interrupted. Throws a Problem when it cannot.
   * @param only of what failed, try again only this cause; everything without it
   */
  start(id: string, only?: FailedCause | null): Promise<void>
  pause(id: string): Promise<void>
  resume(id: string): Promise<void>
  stop(id: string): Promise<void>
  /** Ids of the migrations that are being worked on now. */
  running(): string[]
  /** Items a minute and [at best, at worst] seconds; null until they can be told. */
  rate(id: string): { perMinute: number | null; secondsLeft: [number, number] | null }
}
