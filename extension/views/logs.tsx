import { useModel } from '@preact/signals'
import type { MigrationView } from '../../shared/api.ts'
import { DownloadsModel, reportFiles } from '../models/downloads.ts'
import { LogModel } from '../models/pages.ts'
import { toHash } from '../models/place.ts'
import { itemsWords, reportWords } from '../words.ts'
import { exact } from './format.ts'
import { Button, ProblemBox, Skeleton } from './parts.tsx'

/** Reports to download, and the log page by page. */
export function Logs({ row, after }: { row: MigrationView; after: number | null }) {
  return (
    <div class="stack">
      <Reports row={row} />
      <Log id={row.id} after={after} />
    </div>
  )
}

function Reports({ row }: { row: MigrationView }) {
  const model = useModel(DownloadsModel)
  const early = row.status === 'saved' || row.status === 'running'
  return (
    <section class="stack tight">
      <h2>{reportWords.title}</h2>
      {early && <p class="quiet">{reportWords.later}</p>}
      {model.problem.value && <ProblemBox problem={model.problem.value} />}
      <ul>
        {reportFiles.map((file) => (
          <li key={file} class="row">
            <span>
              {reportWords.files[file][0]} <span class="quiet">{reportWords.files[file][1]}</span>
            </span>
            <Button
              look="small"
              whyNot={
                early
                  ? reportWords.later
                  : model.busy.value === null
                    ? null
                    : reportWords.downloading
              }
              onClick={() => model.save(row.id, row.name, file)}
            >
              {model.busy.value === file ? reportWords.downloading : reportWords.download}
              <span class="hidden"> {reportWords.files[file][0]}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Log({ id, after }: { id: string; after: number | null }) {
  const model = useModel(() => new LogModel({ id, after }))
  const page = model.page.value
  return (
    <section class="stack tight">
      <h2>{reportWords.log}</h2>
      {model.problem.value ? (
        <ProblemBox problem={model.problem.value} onRetry={model.reload} />
      ) : page === null ? (
        <Skeleton />
      ) : page.lines.length === 0 ? (
        <p class="quiet">{reportWords.noLog}</p>
      ) : (
        <ol class="log">
          {page.lines.map((line) => (
            <li key={line.n} class={line.level} value={line.n}>
              <time title={exact(line.at)} dateTime={new Date(line.at).toISOString()}>
                {new Date(line.at).toLocaleTimeString('en', { hour12: false })}
              </time>{' '}
              {line.level.toUpperCase()} {line.project === null ? '' : `${line.project} `}
              {line.phase}: <bdi>{line.text}</bdi>
            </li>
          ))}
        </ol>
      )}
      <div class="bar">
        {after !== null && (
          <a class="button" href={toHash({ at: 'migration', id, tab: 'logs', after: null })}>
            {itemsWords.first}
          </a>
        )}
        {page !== null && page.next !== null && (
          <a class="button" href={toHash({ at: 'migration', id, tab: 'logs', after: page.next })}>
            {itemsWords.next}
          </a>
        )}
      </div>
    </section>
  )
}
