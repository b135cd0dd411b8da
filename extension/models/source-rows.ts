import type { AppTablePage, SourceRowPage } from '../../shared/api-source.ts'
import { call } from '../sync/calls.ts'
import { pageModel, pageSize } from './pages.ts'
import type { SourcePlace } from './place.ts'

/** What the source holds behind a number. */
export const SourceRowsModel = pageModel<SourceRowPage, SourcePlace>(
  ({ at: _, table: _table, from: _from, after, ...question }) =>
    call('sourceRows', { ...question, after: after ?? 0, limit: pageSize }),
)

/** Rows have a dozen cells each: fewer of them fill a screen. */
const tableRows = 25

/** Rows of a table that an app keeps of its own, or of a kind that is only counted. */
export const AppTableModel = pageModel<AppTablePage, SourcePlace>(
  ({ id, app = null, table = '', after }) =>
    call('appTable', { id, key: app, table, after: after ?? 0, limit: tableRows }),
)
