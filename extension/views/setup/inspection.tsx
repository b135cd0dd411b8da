import { type Signal, useModel, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { InspectionView } from '../../../shared/api-setup-views.ts'
import { sourceLists } from '../../../shared/api-source.ts'
import { sourceHash, toHash } from '../../models/place.ts'
import { InspectionModel } from '../../models/work.ts'
import { count } from '../../words.ts'
import { liveWords } from '../../words-live.ts'
import { listTitle } from '../../words-rows.ts'
import { setupWords, stepWords } from '../../words-setup.ts'
import { inspectionWords } from '../../words-source.ts'
import { exact } from '../format.ts'
import { Button } from '../parts.tsx'
import { Facts } from './facts.tsx'
import { LiveProjects } from './live-projects.tsx'
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
  /** Whether other projects are being chosen, though some were read. */
  const others = useSignal(false)
  const view = work.view.value
  const begin = () => {
    others.value = false
    work.begin()
  }
  const live = model.form.value?.from === 'datacenter'
  const fixed = model.view.value?.fixed.includes('scope') ?? false
  const choose =
    (view?.choose && view.state !== 'reading' && (!view.halted || others.value)) ||
    (others.value && view?.state === 'done')
  return (
    <>
      <Reading work={work} live={live} chooses={Boolean(view?.choose || view?.halted)} />
      {view?.halted && (
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
      {view?.inspection && <Found id={id} live={live} inspection={view.inspection} />}
      {view?.state === 'done' && !others.value && (
        <div class="bar">
          <Button look="small" whyNot={fixed ? setupWords.fixed : null} onClick={work.begin}>
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

interface FoundProps {
  id: string
  /** Whether it was read from a live source. */
  live: boolean
  inspection: Inspection
}

/** What was found, each number with its list. */
export function Found({ id, live, inspection }: FoundProps) {
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
      <Notes
        id={id}
        title={inspectionWords.notes}
        notes={inspection.notes.filter((one) => !beyond(one))}
      />
      <Notes id={id} title={inspectionWords.notRead} notes={inspection.notes.filter(beyond)} />
      <section class="stack tight">
        <h2>{inspectionWords.kept}</h2>
        <Rows
          rows={kept.map(({ table, rows }) => [
            titleOf(table),
            <KeptNumber key={table} id={id} table={table} rows={rows} />,
          ])}
        />
        <Without tables={inspection.kept.filter((one) => one.rows === 0)} />
      </section>
      {[
        {
          title: inspectionWords.notRead,
          text: inspectionWords.notReadText,
          rows: counted,
          lists: !live,
        },
        {
          title: inspectionWords.secret,
          text: inspectionWords.secretText,
          rows: secret,
          lists: false,
        },
      ].map(
        ({ title, text, rows, lists }) =>
          rows.length > 0 && (
            <details key={title}>
              <summary>
                {title} ({count(rows.length)})
              </summary>
              <p class="quiet">{text}</p>
              <Rows
                rows={rows.map(({ entity, found, stated }) => [
                  entity,
                  <EntityNumber
                    key={entity}
                    href={lists && found > 0 ? sourceHash(id, 'appTable', { table: entity }) : null}
                    entity={entity}
                    found={found}
                    stated={stated}
                  />,
                ])}
              />
            </details>
          ),
      )}
    </>
  )
}

interface EntityNumberProps {
  /** null: its rows are never shown. */
  href: string | null
  entity: string
  found: number
  stated: number | null
}

/** How many rows of a kind were found, leading to them, and how many the file states where that differs. */
function EntityNumber({ href, entity, found, stated }: EntityNumberProps) {
  const words =
    stated === null || stated === found ? count(found) : inspectionWords.stated(found, stated)
  if (href === null) return <>{words}</>
  return (
    <a href={href}>
      {words}
      <span class="hidden"> {entity}</span>
    </a>
  )
}

type Note = Inspection['notes'][number]
/** What a live source does not tell anybody; a backup has rows of it, which are counted below. */
const beyond = ({ code }: Note) => code.startsWith('not-by-rest-')

function Notes({ id, title, notes }: { id: string; title: string; notes: Note[] }) {
  if (notes.length === 0) return null
  return (
    <section class="stack tight">
      <h2>{title}</h2>
      <ul class="points">
        {notes.map((note) => (
          <li key={`${note.code} ${note.text}`}>
            <bdi>{note.text}</bdi> {note.items > 0 && <NoteNumber id={id} note={note} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** How many rows a note counts, leading to them; where they cannot be told, the note says why. */
function NoteNumber({ id, note: { n, items, text } }: { id: string; note: Note }) {
  if (n === null) return <>({count(items)})</>
  return (
    <>
      (
      <a href={sourceHash(id, 'noted', { note: String(n) })}>
        {count(items)}
        <span class="hidden"> {text}</span>
      </a>
      )
    </>
  )
}

const listOf = (table: string) => sourceLists.find((one) => one === table)
const titleOf = (table: string): string => {
  const list = listOf(table)
  return list ? listTitle(list) : table
}

/** How many rows there are, leading to them. */
function KeptNumber({ id, table, rows }: { id: string; table: string; rows: number }) {
  const list = listOf(table)
  if (!list) return <>{count(rows)}</>
  return (
    <a href={sourceHash(id, list)}>
      {count(rows)}
      <span class="hidden"> {listTitle(list)}</span>
    </a>
  )
}

/** The kinds of which the source holds nothing, by name. */
function Without({ tables }: { tables: Inspection['kept'] }) {
  if (tables.length === 0) return null
  return (
    <details>
      <summary>{inspectionWords.keptAll(tables.length)}</summary>
      <p class="quiet">{tables.map(({ table }) => titleOf(table)).join(' · ')}</p>
    </details>
  )
}

function Rows({ rows }: { rows: [string, ComponentChildren][] }) {
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
