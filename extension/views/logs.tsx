import { useModel } from '@preact/signals'
import type { MigrationDetail, MigrationView } from '../../shared/api.ts'
import type { DetailModel } from '../models/detail.ts'
import {
  type BeforeFile,
  before,
  DownloadsModel,
  type ReportFile,
  reportFiles,
} from '../models/downloads.ts'
import { helpHash, toHash } from '../models/place.ts'
import { reportWords } from '../words.ts'
import { afterWords, troubleWords } from '../words-after.ts'
import { helpWords } from '../words-help.ts'
import { verifies } from '../words-status.ts'
import { filesWords } from '../words-watch.ts'
import { Log } from './log.tsx'
import { Button, ProblemBox } from './parts.tsx'

/** Reports to download, and the log as it grows. */
export function Logs({ row, detail }: { row: MigrationView; detail: DetailModel }) {
  return (
    <div class="stack">
      <Reports row={row} detail={detail.detail.value ?? null} />
      <Log id={row.id} detail={detail} />
    </div>
  )
}

const isBefore = (file: ReportFile): file is BeforeFile => before.some((one) => one === file)
const after = reportFiles.filter((file) => !isBefore(file))

/** A verification has no plan, and nothing to say before it. */
function Reports({ row, detail }: { row: MigrationView; detail: MigrationDetail | null }) {
  const model = useModel(DownloadsModel)
  const early = row.startedAt === null
  return (
    <section class="stack tight">
      <h2>{reportWords.title}</h2>
      {model.problem.value && <ProblemBox problem={model.problem.value} />}
      {!verifies(row) && (
        <>
          <h3>{filesWords.before}</h3>
          <ul>
            {before.map((file) => (
              <File
                key={file}
                row={row}
                model={model}
                file={file}
                whyNot={whyNotBefore(file, detail)}
              />
            ))}
          </ul>
        </>
      )}
      <h3>{filesWords.after}</h3>
      <p class="quiet">
        {early ? (
          reportWords.later
        ) : (
          <>
            {row.status === 'running' && `${reportWords.soFar} `}
            {troubleWords.log}{' '}
            <a href={toHash({ at: 'migration', id: row.id, tab: 'attention', after: null })}>
              {afterWords.attentionLink}
            </a>
            {'. '}
            {helpWords.guide} <a href={helpHash()}>{helpWords.learn}</a>
          </>
        )}
      </p>
      <ul>
        {after.map((file) => (
          <File
            key={file}
            row={row}
            model={model}
            file={file}
            whyNot={early ? reportWords.later : null}
          />
        ))}
      </ul>
    </section>
  )
}

/** An earlier agent does not say what there is: then it is asked for, and answers itself. */
function whyNotBefore(file: BeforeFile, detail: MigrationDetail | null): string | null {
  const there = detail?.reports
  if (there === undefined) return null
  if (file === 'planned-report.html') return there.planned ? null : filesWords.unplanned
  return there.checked ? null : filesWords.unchecked
}

interface FileProps {
  row: MigrationView
  model: DownloadsModel
  file: ReportFile
  whyNot: string | null
}

function File({ row, model, file, whyNot }: FileProps) {
  const [name, what] = isBefore(file) ? filesWords.names[file] : reportWords.files[file]
  const busy = model.busy.value
  return (
    <li class="row">
      <span>
        {name} <span class="quiet">{what}</span>
      </span>
      <Button
        look="small"
        whyNot={whyNot ?? (busy === null ? null : reportWords.downloading)}
        onClick={() => model.save(row.id, row.name, file)}
      >
        {busy === file ? reportWords.downloading : reportWords.download}
        <span class="hidden"> {name}</span>
      </Button>
    </li>
  )
}
