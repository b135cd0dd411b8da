import { useModel } from '@preact/signals'
import type { InspectionView } from '../../../shared/api-setup-views.ts'
import { kinds } from '../../../shared/plan.ts'
import { toHash } from '../../models/place.ts'
import { InspectionModel } from '../../models/work.ts'
import { count, kindTitle } from '../../words.ts'
import { stepWords } from '../../words-setup.ts'
import { inspectionWords } from '../../words-source.ts'
import { exact } from '../format.ts'
import { Button, Empty, ProblemBox, Skeleton } from '../parts.tsx'
import { size } from '../sizes.ts'
import { Facts } from './facts.tsx'
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
  const view = work.view.value
  if (work.problem.value) return <ProblemBox problem={work.problem.value} onRetry={work.begin} />
  if (!view) return <Skeleton rows={4} />
  return (
    <>
      {view.state === 'reading' && (
        <Meter
          title={inspectionWords.reading}
          done={view.progress?.bytes ?? 0}
          total={view.progress?.totalBytes ?? 0}
          words={
            view.progress
              ? inspectionWords.progress(
                  size(view.progress.bytes),
                  size(view.progress.totalBytes),
                  view.progress.rows,
                )
              : ''
          }
          stop={inspectionWords.stop}
          onStop={work.stop}
        />
      )}
      {view.state === 'failed' && view.problem && (
        <ProblemBox problem={view.problem} onRetry={work.begin} />
      )}
      {view.state === 'none' && (
        <Empty title={inspectionWords.notBegun} text={inspectionWords.notBegunText}>
          <Button look="small" onClick={work.begin}>
            {inspectionWords.begin}
          </Button>
        </Empty>
      )}
      {view.inspection && <Found id={id} inspection={view.inspection} />}
      {view.state === 'done' && (
        <div>
          <Button look="small" onClick={work.begin}>
            {inspectionWords.again}
          </Button>
        </div>
      )}
    </>
  )
}

function Found({ id, inspection }: { id: string; inspection: Inspection }) {
  const { version, build, exportedAt, timeZone, timeZoneFrom, zoneCertain, baseUrl } = inspection
  const kept = inspection.kept.filter((one) => one.rows > 0)
  const counted = inspection.entities.filter((one) => one.treatment === 'counted')
  const secret = inspection.entities.filter((one) => one.treatment === 'secret')
  const jira =
    version === null ? inspectionWords.unknown : build ? `${version} (${build})` : version
  return (
    <>
      <Facts
        facts={[
          [inspectionWords.version, jira],
          [
            inspectionWords.exported,
            exportedAt === null ? inspectionWords.unknown : exact(exportedAt),
          ],
          [inspectionWords.zone, `${timeZone}: ${timeZoneFrom}`],
          [inspectionWords.base, baseUrl ?? inspectionWords.unknown],
        ]}
      />
      {!zoneCertain && (
        <div class="box warn">
          <strong>{inspectionWords.zoneUnsure}</strong>
          <span>{inspectionWords.zoneUnsureText}</span>
          <a href={toHash({ at: 'setup', id, step: 'source' })}>{stepWords.source.title}</a>
        </div>
      )}
      {inspection.notes.length > 0 && (
        <section class="stack tight">
          <h2>{inspectionWords.notes}</h2>
          <ul class="points">
            {inspection.notes.map((note) => (
              <li key={`${note.code} ${note.text}`}>
                <bdi>{note.text}</bdi> {note.items > 0 && `(${count(note.items)})`}
              </li>
            ))}
          </ul>
        </section>
      )}
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
