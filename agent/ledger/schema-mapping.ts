import type { Mapping } from '../../shared/mapping.ts'

/** Who becomes whom and which name what, as the plan decided it when it was made last; see shared/mapping. */
export interface MappingTable extends Mapping {
  migrationId: string
}

export const mappingTables = `
  create table mapping (
    migrationId text not null, kind text not null, sourceId text not null, name text not null, how text not null,
    siteName text, siteId text, why text not null, primary key (migrationId, kind, sourceId)
  ) strict, without rowid;
`
