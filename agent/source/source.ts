import type { LiveFacts } from '../../shared/record.ts'

/**
 * The interface of a source: it says what it is, then hands over its rows once, in whatever order it
 * holds them. Joins are the snapshot's work: rows that need one go to a draft table first.
 */
export type Value = string | number | null

/** Where a row goes: a table of the snapshot (or a draft table of its format) and the columns given. */
export interface Shape {
  readonly table: string
  readonly columns: readonly string[]
}

export interface RecordSink {
  /** The values stand in the order of the shape's columns; the array may be reused by the caller. */
  row(shape: Shape, values: readonly Value[]): void
}

/** A sink that keeps what it was given when its reader dies, up to the last checkpoint; see the snapshot's keep.ts. */
export interface KeepingSink extends RecordSink {
  noted(kind: string): readonly (readonly [key: string, value: string])[]
  note(kind: string, key: string, value: string): void
  checkpoint(): void
  count(table: string): number
  issueIds(projectId: string): string[]
  forgetIssues(ids: readonly string[]): void
}

/** Something a person may want to know about the reading; items = how many rows it concerns. */
export interface ReadingNote {
  code: string
  text: string
  items: number
  /** The name that these rows have among what is `noted`; absent: they cannot be told, or the snapshot is asked. */
  rows?: string
}

/** A row that a note counts and that goes into no table: `note` is the name of its rows. */
export const noted: Shape = {
  table: 'noted',
  columns: ['note', 'label', 'detail', 'issue', 'project'],
}

/** What is known once everything was read. The fields are those of SnapshotInfo. */
export interface SourceFacts {
  sourceId: string
  sourceKind: 'backup' | 'datacenter'
  label: string
  version: string | null
  build: string | null
  exportedAt: number | null
  timeZone: string
  timeZoneFrom: 'user' | 'header' | 'clock' | 'field times' | 'assumed'
  baseUrl: string | null
  illegalCharacters: number
  file: { bytes: number; modifiedAt: number } | null
  live?: LiveFacts | null
  counts: {
    entity: string
    found: number
    stated: number | null
    treatment: 'kept' | 'counted' | 'secret'
  }[]
  notes: ReadingNote[]
}

export interface Source {
  /** Bytes that a full reading goes through, for progress. */
  readonly totalBytes: number
  /**
   * Reads everything once. Throws a Problem (source-…) when it cannot; the sink may have rows by then.
   * progress: bytes and rows so far, called about once a megabyte.
   */
  read(
    sink: RecordSink,
    signal: AbortSignal,
    progress: (bytes: number, rows: number) => void,
  ): Promise<SourceFacts>
}
