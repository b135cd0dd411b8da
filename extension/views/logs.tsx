import { useModel } from '@preact/signals'
import type { MigrationView } from '../../shared/api.ts'
import type { DetailModel } from '../models/detail.ts'
import { DownloadsModel, type ReportFile, reportFiles } from '../models/downloads.ts'
import { helpHash, toHash } from '../models/place.ts'
import { reportWords } from '../words.ts'
import { afterWords, troubleWords } from '../words-after.ts'
import { helpWords } from '../words-help.ts'
import { filesWords } from '../words-watch.ts'
import { Log } from './log.tsx'
import { Button, ProblemBox } from './parts.tsx'

/** Reports to download, and the log as it grows. */
export function Logs({ row, detail }: { row: MigrationView; detail: DetailModel }) {
  return (
    <div class="stack">
      <Reports row={row} />
      <Log id={row.id} detail={detail} />
    </div>
  )
}

const after = reportFiles.filter((file) => file !== 'pre-report.html')

function Reports({ row }: { row: MigrationView }) {
  const model = useModel(DownloadsModel)
  const early = row.status === 'saved' || row.status === 'running'
  const unread = row.setup?.missing.includes('source') ? filesWords.preLater : null
  return (
    <section class="stack tight">
      <h2>{reportWords.title}</h2>
      {model.problem.value && <ProblemBox problem={model.problem.value} />}
      <h3>{filesWords.before}</h3>
      <ul>
        <File row={row} model={model} file="pre-report.html" whyNot={unread} />
      </ul>
      <h3>{filesWords.after}</h3>
      <p class="quiet">
        {early ? (
          reportWords.later
        ) : (
          <>
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

interface FileProps {
  row: MigrationView
  model: DownloadsModel
  file: ReportFile
  whyNot: string | null
}

function File({ row, model, file, whyNot }: FileProps) {
  const [name, what] = file === 'pre-report.html' ? filesWords.pre : reportWords.files[file]
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
