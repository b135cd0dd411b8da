import { Problem } from '../../../shared/problem.ts'
import type { RecordSink, Shape, Value } from '../source.ts'
import { dropIllegal } from './bytes.ts'
import { Cursor } from './cursor.ts'
import { int } from './turns.ts'

/**
 * activeobjects.xml: tables of apps. Cells stand by position; which column is which differs between
 * versions and databases, so each <data> is read by its own list of columns.
 */
type Cells = ReadonlyMap<string, string | null>

const board: Shape = { table: 'board', columns: ['id', 'name', 'owner', 'filterId', 'kind'] }
const sprint: Shape = {
  table: 'sprint',
  columns: ['id', 'name', 'goal', 'boardId', 'state', 'start', 'end', 'complete'],
}
const appTable: Shape = { table: 'appTable', columns: ['name', 'rows', 'bytes'] }
const rank: Shape = { table: 'rank', columns: ['issueId', 'fieldId', 'rank'] }

const wanted: Record<string, (cells: Cells) => { shape: Shape; values: Value[] } | null> = {
  AO_60DB71_RAPIDVIEW(cells) {
    const get = (name: string) => cells.get(name) ?? null
    const kind = isTrue(get('SPRINTS_ENABLED')) ? 'scrum' : 'kanban'
    const owner = get('OWNER_USER_NAME')
    return { shape: board, values: [get('ID'), get('NAME'), owner, get('SAVED_FILTER_ID'), kind] }
  },
  AO_60DB71_SPRINT(cells) {
    const get = (name: string) => cells.get(name) ?? null
    const state = isTrue(get('CLOSED')) ? 'closed' : isTrue(get('STARTED')) ? 'active' : 'future'
    const times = ['START_DATE', 'END_DATE', 'COMPLETE_DATE'].map((name) => int(get(name)))
    return {
      shape: sprint,
      values: [get('ID'), get('NAME'), get('GOAL'), get('RAPID_VIEW_ID'), state, ...times],
    }
  },
  AO_60DB71_LEXORANK(cells) {
    const get = (name: string) => cells.get(name) ?? null
    // Types 0 and 2 are the ends of the scale, with ids of plus and minus 2^63 for no issue.
    if (get('TYPE') !== '1') return null
    return { shape: rank, values: [get('ISSUE_ID'), get('FIELD_ID'), get('RANK')] }
  },
}

const isTrue = (text: string | null): boolean => text === 'true' || text === '1'

/** A cell as the file has it: type = the name of its element (integer, string, boolean, timestamp, …). */
export interface AppCell {
  column: string
  type: string
  value: string | null
}
/** Is given the rows of some tables as they pass; the arrays are not used again. */
export interface ObjectsTap {
  wants(table: string): boolean
  row(table: string, cells: AppCell[]): void
}

export interface ObjectsScanner {
  write(chunk: Buffer): void
  /** Throws a Problem source-truncated when the root is still open. */
  end(): void
  counts(): Map<string, number>
  illegal(): number
}

/** epoch: told each epoch time of a sprint that was a moment (its completion), for the time zone. */
export function createObjectsScanner(
  sink: RecordSink,
  label: string,
  epoch: (milliseconds: number) => void,
  tap: ObjectsTap | null = null,
): ObjectsScanner {
  const cursor = new Cursor(label)
  const counts = new Map<string, number>()
  const bytes = new Map<string, number>()
  let rest: Buffer = Buffer.alloc(0)
  let open = false
  let closed = false
  let table: string | null = null
  let columns: string[] = []

  /** One element of the level below the root, or one row: the position after it, or -1. */
  function step(i: number): number {
    const c = cursor.buf[i + 1]
    if (c === 33 || c === 63) return cursor.aside(i)
    const to = c === 47 ? i + 1 : cursor.nameEnd(i + 1)
    const after = to === -1 ? -1 : cursor.tagEnd(to)
    if (after === -1) return -1
    if (c === 47) {
      const name = cursor.buf.toString('latin1', i + 2, after - 1).trimEnd()
      if (name !== (table === null ? 'backup' : 'data')) cursor.refuse(`a stray </${name}>`, i)
      if (table === null) closed = true
      table = null
      return after
    }
    const name = cursor.buf.toString('latin1', i + 1, to)
    const empty = cursor.buf[after - 2] === 47
    if (!open) {
      if (name !== 'backup') cursor.refuse(`the root <${name}> where <backup> is due`, i)
      open = true
      closed = empty
      return after
    }
    if (table === null) {
      if (name !== 'data') return empty ? after : cursor.content(after, name, false).after
      table = cursor.attributes(to, after - 1).get('tableName') ?? ''
      cursor.inside = table
      columns = []
      if (!counts.has(table)) counts.set(table, 0)
      if (empty) table = null
      return after
    }
    if (name === 'column') {
      columns.push(cursor.attributes(to, after - 1).get('name') ?? '')
      return empty ? after : cursor.content(after, name, false).after
    }
    if (name !== 'row') return empty ? after : cursor.content(after, name, false).after
    const end = empty ? after : row(after, table)
    if (end !== -1) {
      counts.set(table, (counts.get(table) ?? 0) + 1)
      bytes.set(table, (bytes.get(table) ?? 0) + end - i)
    }
    return end
  }

  /** From after <row> to after </row>. */
  function row(i: number, name: string): number {
    const convert = Object.hasOwn(wanted, name) ? wanted[name] : undefined
    const tapped = tap?.wants(name) ?? false
    if (convert === undefined && !tapped) return cursor.content(i, 'row', false).after
    const cells = new Map<string, string | null>()
    const seen: AppCell[] = []
    for (let place = 0; ; place++) {
      i = cursor.skipSpace(i)
      if (i + 1 >= cursor.buf.length) return -1
      if (cursor.buf[i] !== 60) cursor.refuse('text between cells', i)
      if (cursor.buf[i + 1] === 47) {
        const after = cursor.endTag(i, 'row')
        if (after === -1) return -1
        if (tapped) tap?.row(name, seen)
        const record = convert?.(cells) ?? null
        if (name === 'AO_60DB71_SPRINT') {
          const moment = int(cells.get('COMPLETE_DATE') ?? null)
          if (typeof moment === 'number' && moment > 0) epoch(moment)
        }
        if (record !== null) sink.row(record.shape, record.values)
        return after
      }
      const to = cursor.nameEnd(i + 1)
      const after = to === -1 ? -1 : cursor.tagEnd(to)
      if (after === -1) return -1
      const attributes = cursor.attributes(to, after - 1)
      const empty = cursor.buf[after - 2] === 47
      const tag = cursor.buf.toString('latin1', i + 1, to)
      const cell = empty ? { after, text: '' } : cursor.content(after, tag, true)
      if (cell.after === -1) return -1
      const value = attributes.get('xsi:nil') === 'true' ? null : cell.text
      const column = columns[place] ?? ''
      cells.set(column, value)
      if (tapped) seen.push({ column, type: tag, value })
      i = cell.after
    }
  }

  return {
    write(chunk) {
      const { bytes, dropped, lines } = dropIllegal(chunk)
      cursor.illegal += dropped
      cursor.lines += lines
      cursor.stand(rest.length === 0 ? bytes : Buffer.concat([rest, bytes]))
      let i = 0
      for (;;) {
        i = cursor.skipSpace(i)
        if (i + 1 >= cursor.buf.length) break
        cursor.at = i
        if (cursor.buf[i] !== 60) cursor.refuse('text outside of any element', i)
        const illegal = cursor.illegal
        const after = step(i)
        if (after === -1) {
          cursor.illegal = illegal
          break
        }
        i = after
      }
      rest = cursor.buf.subarray(i)
    },
    end() {
      if (closed) {
        for (const [name, rows] of counts) sink.row(appTable, [name, rows, bytes.get(name) ?? 0])
        return
      }
      throw new Problem(
        'source-truncated',
        `${label} is cut off in ${cursor.inside || 'its head'}.`,
        {
          hint: 'Copy the backup again, or make a new one, and compare the sizes.',
        },
      )
    },
    counts: () => counts,
    illegal: () => cursor.illegal,
  }
}
