import { type MigrationStatus, migrationStatuses } from '../../shared/status.ts'

/** What the dashboard's rows can be sorted by; `recent` is the order in which they come by themselves. */
export const sortKeys = [
  'recent',
  'name',
  'status',
  'source',
  'site',
  'issues',
  'progress',
  'started',
  'finished',
  'changed',
] as const
export type SortKey = (typeof sortKeys)[number]

/** Which migrations are asked for, and in what order; absent: all of them, running first. */
export interface ListAsk {
  search?: string
  statuses?: readonly MigrationStatus[]
  /** Only those that need a person. */
  needs?: boolean
  sort?: SortKey
  /** The other way round than the column reads at first. */
  turned?: boolean
}

/** The question as the address holds it. */
export function listAskTo({ search, statuses, needs, sort, turned }: ListAsk) {
  return {
    search: search === undefined || search === '' ? null : search,
    status: statuses === undefined || statuses.length === 0 ? null : statuses.join(','),
    needs: needs ? '1' : null,
    sort: sort === undefined || sort === 'recent' ? null : sort,
    turned: turned ? '1' : null,
  }
}

/** The question that an address holds; what makes no sense is not asked. */
export function listAskFrom(values: URLSearchParams): ListAsk {
  const search = values.get('search')
  const named = (values.get('status') ?? '').split(',')
  const statuses = migrationStatuses.filter((status) => named.includes(status))
  const sort = sortKeys.find((key) => key === values.get('sort'))
  return {
    ...(search ? { search } : {}),
    ...(statuses.length > 0 ? { statuses } : {}),
    ...(values.get('needs') === '1' ? { needs: true } : {}),
    ...(sort && sort !== 'recent' ? { sort } : {}),
    ...(values.get('turned') === '1' ? { turned: true } : {}),
  }
}
