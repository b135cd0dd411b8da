import { type Signal, useModel, useSignal } from '@preact/signals'
import type { InspectionView } from '../../../shared/api-setup-views.ts'
import { kinds } from '../../../shared/plan.ts'
import { toHash } from '../../models/place.ts'
import { InspectionModel } from '../../models/work.ts'
import { count, kindTitle } from '../../words.ts'
import { liveWords } from '../../words-live.ts'
import { stepWords } from '../../words-setup.ts'
import { inspectionWords } from '../../words-source.ts'
import { exact } from '../format.ts'
import { Button, Empty, ProblemBox, Skeleton } from '../parts.tsx'
import { size } from '../sizes.ts'
import { Facts } from './facts.tsx'
import { LiveProjects } from './live-projects.tsx'
import { Meter } from './meter.tsx'
import type { StepProps } from './setup.tsx'

type Inspection = NonNullable<InspectionView['inspection']>

/** What the source holds: read in the background, shown as soon as it is known. */
export function InspectionStep({ id, model }: StepProps) {
  const work = useModel(
    () =>
      new InspectionModel(id, (view) => {
        model.source.value = view.state
      }),
  )
  /** Whether other projects are being chosen, though some were read. */
  const others = useSignal(false)
  const view = work.view.value
  if (work.problem.value) return <ProblemBox problem={work.problem.value} onRetry={work.begin} />
  if (!view) return <Skeleton rows={4} />
  const begin = () => {
    others.value = false
    work.begin()
  }
  const live = model.form.value?.from === 'datacenter'
  const fixed = model.view.value?.fixed.includes('scope') ?? false
  const choose =
    (view.choose && view.state !== 'reading' && (!view.halted || others.value)) ||
    (others.value && view.state === 'done')
  return (
    <>
      {view.state === 'reading' && (
        <Meter
          title={live ? liveWords.reading : inspectionWords.reading}
          done={view.progress?.bytes ?? 0}
          total={view.progress?.totalBytes ?? 0}
          words={progressWords(view.progress)}
          stop={inspectionWords.stop}
          onStop={work.stop}
        />
      )}
      {view.state === 'failed' && view.problem && (
        <ProblemBox problem={view.problem} onRetry={work.begin} />
      )}
      {view.halted && (
        <div class="box">
          <strong>{liveWords.halted(view.halted.read, view.halted.total)}</strong>
          <div class="bar">
            <Button look="main" onClick={work.begin}>
              {liveWords.goOn}
            </Button>
            <Button look="small" onClick={work.anew}>
              {liveWords.anew}
            </Button>
            {!others.value && <Others open={others} />}
          </div>
        </div>
      )}
      {choose && <LiveProjects id={id} model={model} onRead={begin} />}
      {view.state === 'none' && !view.choose && (
        <Empty title={inspectionWords.notBegun} text={inspectionWords.notBegunText}>
          <Button look="small" onClick={work.begin}>
            {inspectionWords.begin}
          </Button>
        </Empty>
      )}
      {view.inspection && <Found id={id} live={live} inspection={view.inspection} />}
      {view.state === 'done' && !others.value && (
        <div class="bar">
          <Button look="small" onClick={work.begin}>
            {inspectionWords.again}
          </Button>
          {live && !fixed && <Others open={others} />}
        </div>
      )}
    </>
  )
}

/** Shows the projects of a live source once more. */
function Others({ open }: { open: Signal<boolean> }) {
  return (
    <Button
      look="small"
      onClick={() => {
        open.value = true
      }}
    >
      {liveWords.readOthers}
    </Button>
  )
}

/** How far it is; of a source that does not answer, what is waited for. */
function progressWords(progress: InspectionView['progress']): string {
  if (!progress) return ''
  const { bytes, totalBytes, rows, unit, waiting } = progress
  if (waiting) return waiting
  return unit === 'issues'
    ? liveWords.progress(count(bytes), count(totalBytes), count(rows))
    : inspectionWords.progress(size(bytes), size(totalBytes), rows)
}

function Found({ id, live, inspection }: { id: string; live: boolean; inspection: Inspection }) {
  const unknown = live ? liveWords.none : inspectionWords.unknown
  const { version, build, exportedAt, timeZone, timeZoneFrom, zoneCertain, baseUrl } = inspection
  const kept = inspection.kept.filter((one) => one.rows > 0)
  const counted = inspection.entities.filter((one) => one.treatment === 'counted')
  const secret = inspection.entities.filter((one) => one.treatment === 'secret')
  const jira = version === null ? unknown : build ? `${version} (${build})` : version
  return (
    <>
      <Facts
        facts={[
          [inspectionWords.version, jira],
          [
            live ? liveWords.read : inspectionWords.exported,
            exportedAt === null ? unknown : exact(exportedAt),
          ],
          [inspectionWords.zone, `${timeZone}: ${timeZoneFrom}`],
          [inspectionWords.base, baseUrl ?? unknown],
        ]}
      />
      {!zoneCertain && (
        <div class="box warn">
          <strong>{inspectionWords.zoneUnsure}</strong>
          <span>{inspectionWords.zoneUnsureText}</span>
          <a href={toHash({ at: 'setup', id, step: 'source' })}>{stepWords.source.title}</a>
        </div>
      )}
      <Notes title={inspectionWords.notes} notes={inspection.notes.filter((one) => !beyond(one))} />
      <Notes title={inspectionWords.notRead} notes={inspection.notes.filter(beyond)} />
      <section class="stack tight">
        <h2>{inspectionWords.kept}</h2>
        <Rows rows={kept.map(({ table, rows }) => [words(table), count(rows)])} />
        <p class="quiet">{inspectionWords.keptAll(inspection.kept.length - kept.length)}</p>
      </section>
      {[
        { title: inspectionWords.notRead, text: inspectionWords.notReadText, rows: counted },
        { title: inspectionWords.secret, text: '', rows: secret },
      ].map(
        ({ title, text, rows }) =>
          rows.length > 0 && (
            <details key={title}>
              <summary>
                {title} ({count(rows.length)})
              </summary>
              <p class="quiet">{text}</p>
              <Rows
                rows={rows.map(({ entity, found, stated }) => [
                  entity,
                  stated === null || stated === found
                    ? count(found)
                    : inspectionWords.stated(found, stated),
                ])}
              />
            </details>
          ),
      )}
    </>
  )
}

type Note = Inspection['notes'][number]
/** What a live source does not tell anybody; a backup has rows of it, which are counted below. */
const beyond = ({ code }: Note) => code.startsWith('not-by-rest-')

function Notes({ title, notes }: { title: string; notes: Note[] }) {
  if (notes.length === 0) return null
  return (
    <section class="stack tight">
      <h2>{title}</h2>
      <ul class="points">
        {notes.map((note) => (
          <li key={`${note.code} ${note.text}`}>
            <bdi>{note.text}</bdi> {note.items > 0 && `(${count(note.items)})`}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The snapshot's table as words: the kind where it is one, else "changeItem" is "Change item". */
function words(table: string): string {
  const kind = kinds.find((one) => one === table)
  if (kind) return kindTitle(kind)
  const apart = table.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`)
  return apart.charAt(0).toUpperCase() + apart.slice(1)
}

function Rows({ rows }: { rows: [string, string][] }) {
  return (
    <dl class="columns">
      {rows.map(([what, n]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>{n}</dd>
        </div>
      ))}
    </dl>
  )
}
