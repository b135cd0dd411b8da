import type { ProblemView } from '../../shared/problem.ts'
import type {
  AppContext,
  PathApp,
  PathCell,
  PathFieldValue,
  PathProperty,
  PathRecord,
  SiteTarget,
} from './path.ts'

/** What the agent and the thread of a path say to each other. */

/** What a path is told of its app when it is begun. */
export interface Stint {
  /** Address of the file that exports the path. */
  file: string
  steps: readonly ('plan' | 'run' | 'check')[]
  app: PathApp
  decision: AppContext['decision']
  transferId: string
  hasHandler: boolean
}

/** Lists that are read page by page. */
export interface Pages {
  tables: { table: string; cells: PathCell[] }[]
  properties: PathProperty[]
  fieldValues: PathFieldValue[]
  open: PathRecord[]
  sent: PathRecord[]
  bytes: Uint8Array
}

/** What the agent answers; `list` and `file` are numbers that the thread, or the agent, has given. */
export interface Remote {
  /** The next page of a list, null = that was the last. wanted: names of tables, or the name of the file. */
  next(list: number, which: keyof Pages, wanted: string[]): Promise<Pages[keyof Pages] | null>
  stop(list: number): Promise<void>
  property(id: string): Promise<PathProperty | null>
  mapping(namespace: string, sourceId: string): Promise<string | null>
  userKey(id: string): Promise<string | null>
  set(target: SiteTarget, key: string, value: unknown): ReturnType<AppContext['site']['set']>
  get(target: SiteTarget, key: string): Promise<unknown>
  create(name: string): Promise<number>
  write(file: number, text: string): Promise<void>
  close(file: number): Promise<{ bytes: number; sha256: string }>
  add(...args: Parameters<AppContext['records']['add']>): Promise<void>
  of(sourceIds: readonly string[]): Promise<PathRecord[]>
  settle(...args: Parameters<AppContext['records']['settle']>): Promise<void>
  checkpoint(name: string): Promise<unknown>
  setCheckpoint(name: string, value: unknown): Promise<void>
  tell(event: string, details: Record<string, unknown>): Promise<void>
  settled(): Promise<void>
}

export interface Call {
  id: number
  name: keyof Remote
  args: unknown[]
}

/** plain: the words of an error that is no Problem. */
export type Answer =
  | { id: number; value: unknown }
  | { id: number; problem: ProblemView; plain: string | null }

/** Lines and progress since the last such message; lost: lines that had to give way to newer ones. */
export interface Told {
  lines: { level: 'info' | 'warn' | 'error'; event: string; message: string }[]
  lost: number
  progress: { percent: number; message?: string } | null
}

export type ToThread = { begin: Stint } | { answers: Answer[] } | { abort: string }
export type FromThread =
  | { calls: Call[] }
  | { told: Told }
  /** How the stint ended, null = well. */
  | { ended: ProblemView | null }

/**
 * How many calls of a path may wait for their answers; more stay in the thread, at the cost of its own memory.
 * A page of 500 asked about at once goes in one message.
 */
export const callsAtOnce = 500
/** How often a thread tells lines and progress, in milliseconds. */
export const tellMs = 200
