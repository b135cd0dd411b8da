import { useModel } from '@preact/signals'
import type { InspectionView } from '../../../shared/api-setup-views.ts'
import { kinds } from '../../../shared/plan.ts'
import { toHash } from '../../models/place.ts'
import { InspectionModel } from '../../models/work.ts'
import { count, kindTitle } from '../../words.ts'
import { liveWords } from '../../words-live.ts'
import { stepWords } from '../../words-setup.ts'
import { inspectionWords } from '../../words-source.ts'
import { exact } from '../format.ts'
import { Button } from '../parts.tsx'
import { Facts } from './facts.tsx'
import { Reading } from './reading.tsx'
import type { StepProps } from './setup.tsx'

type Inspection = NonNullable<InspectionView['inspection']>

/** What the source holds: read in the background, shown as soon as it is known. */
export function InspectionStep({ id, model }: StepProps) {
  const work = useModel(
    () =>
      new InspectionModel(id, {
        onView: (view) => {
          model.source.value = view.state
        },
      }),
  )
  const view = work.view.value
  const live = model.form.value?.from === 'datacenter'
  return (
    <>
      <Reading work={work} live={live} />
      {view?.inspection && <Found id={id} live={live} inspection={view.inspection} />}
      {view?.state === 'done' && (
        <div>
          <Button look="small" onClick={work.begin}>
            {inspectionWords.again}
          </Button>
        </div>
      )}
    </>
  )
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
