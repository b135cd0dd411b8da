import type { IssueRow } from '../../shared/issue-rows.ts'
import type {
  IssueTable,
  SnapshotInfo,
  SnapshotReader,
  Table,
  Tables,
} from '../../shared/record.ts'

export type Rows = { [T in Table]?: Tables[T][] }

const info: SnapshotInfo = {
  sourceId: 'source-1',
  sourceKind: 'backup',
  label: 'in memory',
  version: '9.12.0',
  build: '912000',
  exportedAt: null,
  timeZone: 'UTC+01:00',
  timeZoneFrom: 'header',
  baseUrl: null,
  illegalCharacters: 0,
  file: null,
}

const byId = (a: string, b: string) =>
  /^\d+$/.test(a) && /^\d+$/.test(b) ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0

/** A snapshot of plain arrays, for tests of what reads one. */
export function memorySnapshot(rows: Rows, own: Partial<SnapshotInfo> = {}): SnapshotReader {
  const of = <T extends Table>(table: T): Tables[T][] => {
    const found = [...((rows[table] ?? []) as Tables[T][])]
    return found.sort((a, b) => byId(idOf(a), idOf(b)))
  }
  const issues = new Map((rows.issue ?? []).map((row) => [row.id, row]))
  return {
    info: () => ({ ...info, ...own }),
    entityCounts: () => [],
    count: (table) => rows[table]?.length ?? 0,
    rows: (table) => of(table)[Symbol.iterator](),
    issues: (projectId, afterNumber, limit) =>
      of('issue')
        .filter((row: IssueRow) => row.projectId === projectId && row.number > afterNumber)
        .sort((a, b) => a.number - b.number)
        .slice(0, limit),
    issue: (id) => issues.get(id) ?? null,
    issueByKey: (key) => [...issues.values()].find((row) => row.key === key) ?? null,
    ofIssues: (table, ids) => {
      const wanted = new Set(ids)
      const found = of(table).filter((row) => wanted.has(row.issueId))
      return found.sort((a, b) => byId(a.issueId, b.issueId) || byId(idOf(a), idOf(b)))
    },
    countOf: (table, projectId) =>
      of(table).filter((row) => issues.get(row.issueId)?.projectId === projectId).length,
    orphans: <T extends IssueTable>(table: T) =>
      of(table)
        .filter((row) => !issues.has(row.issueId))
        [Symbol.iterator](),
    changeItems: (groupIds) => of('changeItem').filter((row) => groupIds.includes(row.groupId)),
    close: () => {},
  }
}

function idOf(row: object): string {
  return 'id' in row && typeof row.id === 'string' ? row.id : ''
}
