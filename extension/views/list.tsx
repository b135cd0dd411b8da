import type { MigrationView } from '../../shared/api.ts'
import type { DeedsModel } from '../models/deeds.ts'
import type { MigrationsModel } from '../models/migrations.ts'
import { toHash } from '../models/place.ts'
import { count, detailWords, listWords, popupWords } from '../words.ts'
import { FourNumbers, ProgressBar } from './bars.tsx'
import { DeedButtons } from './deeds.tsx'
import { middle } from './format.ts'
import { Lozenge } from './marks.tsx'
import { Empty, Skeleton, When } from './parts.tsx'

interface Shared {
  model: MigrationsModel
  deeds: DeedsModel
  now: number
}

/** The migrations: a table at tab width, cards below 560 px. */
export function List({ model, deeds, now, archived }: Shared & { archived: boolean }) {
  const rows = archived ? model.archived.value : model.shown.value
  const away = model.reach.value?.state === 'away'
  const put = model.archived.value?.length ?? 0
  return (
    <section class="stack">
      {archived && <a href={toHash({ at: 'list', archived: false })}>‹ {listWords.back}</a>}
      <div class="bar">
        <h1 tabIndex={-1}>{archived ? listWords.archivedTitle : listWords.title}</h1>
        {!archived && (
          <a class="button main push" href={toHash({ at: 'new' })}>
            {popupWords.newMigration}
          </a>
        )}
      </div>
      {rows === undefined || (model.reach.value === null && rows.length === 0) ? (
        <Skeleton />
      ) : rows.length === 0 ? (
        !away && (
          <Empty
            title={archived ? listWords.emptyArchived : listWords.empty}
            text={archived ? listWords.emptyArchivedText : listWords.emptyText}
          />
        )
      ) : (
        <MigrationTable
          rows={rows}
          deeds={deeds}
          now={now}
          here={model.agentHere.value}
          stale={away}
        />
      )}
      {!archived && put > 0 && (
        <a href={toHash({ at: 'list', archived: true })}>{listWords.showArchived(put)}</a>
      )}
    </section>
  )
}

interface TableProps {
  rows: MigrationView[]
  deeds: DeedsModel
  now: number
  here: boolean
  stale: boolean
}

function MigrationTable({ rows, deeds, now, here, stale }: TableProps) {
  return (
    <table class={`cards ${stale ? 'stale' : ''}`} aria-label={listWords.title}>
      <thead>
        <tr>
          {listWords.columns.map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td class="block wide" style={{ minWidth: '200px' }}>
              <a href={toHash({ at: 'migration', id: row.id, tab: 'overview', after: null })}>
                <bdi>{row.name}</bdi>
              </a>
              <p class="quiet" title={row.source.label}>
                {listWords.from} <bdi>{middle(row.source.label, 40)}</bdi> {listWords.to}{' '}
                {row.site.url ?? listWords.practice}
              </p>
            </td>
            <td>
              <Lozenge row={row} />
            </td>
            <td class="block progress">
              {row.status === 'running' ? (
                <>
                  <p class="quiet">{row.reason ?? row.progress.sentence}</p>
                  <ProgressBar row={row} />
                  <DeedButtons
                    row={row}
                    model={deeds}
                    agentHere={here}
                    only={['pause', 'resume']}
                    small
                  />
                </>
              ) : (
                <p class="quiet">{row.problem?.sentence ?? row.reason ?? scope(row)}</p>
              )}
            </td>
            <td class="block">
              {row.totals.source > 0 && row.status !== 'saved' && (
                <FourNumbers counts={row.totals} />
              )}
              {row.needsAttention > 0 && (
                <a href={toHash({ at: 'migration', id: row.id, tab: 'attention', after: null })}>
                  {listWords.needs(row.needsAttention)}
                </a>
              )}
            </td>
            <td data-label={listWords.columns[4]}>
              <When at={row.changedAt} now={now} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const scope = (row: MigrationView): string =>
  row.issues === 0 && row.projects === 0
    ? count(row.totals.source)
    : detailWords.scopeText(row.projects, row.issues)
