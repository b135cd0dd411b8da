import { useModel } from '@preact/signals'
import type { Place } from '../../shared/api-after.ts'
import { PlacesModel } from '../models/after.ts'
import { afterCheckWords as words } from '../words-after-checks.ts'
import { checkWords } from '../words-checks.ts'
import { CsvButton, Folded, Turned } from './folded.tsx'
import { LinkRepair } from './repair-links.tsx'
import { RowDetail } from './row-detail.tsx'

interface PlacesProps {
  id: string
  checkKey: string
  title: string
  /** 'found', or another list of the check. */
  list: string
  /** Of that list, only what is part of this. */
  part?: string
  /** How many there are, in words. */
  summary: string
  /** Only places in this project, and those of no project; null = all. */
  project: string | null
}

/** Where a check found something, or what it counts beside: how many, the list when it is opened, and all as a file. */
export function AfterPlaces({ summary, ...rest }: PlacesProps) {
  return (
    <Folded summary={summary} of={rest.title}>
      {() => <List {...rest} />}
    </Folded>
  )
}

function List({ id, checkKey, title, list, part, project }: Omit<PlacesProps, 'summary'>) {
  const model = useModel(
    () =>
      new PlacesModel({
        id,
        key: checkKey,
        list,
        project,
        ...(part === undefined ? {} : { part }),
      }),
  )
  return (
    <Turned
      model={model}
      more={<CsvButton words={checkWords.csv} of={title} onSave={model.download} />}
    >
      {({ places }) => (
        <>
          {places.length === 0 ? (
            <p class="quiet">{words.noPlaces}</p>
          ) : (
            <Table
              id={id}
              checkKey={checkKey}
              places={places}
              title={title}
              isPart={part !== undefined}
            />
          )}
          {checkKey === rewritten && (
            <LinkRepair id={id} issues={places.flatMap(({ issueKey }) => issueKey ?? [])} many />
          )}
        </>
      )}
    </Turned>
  )
}

/** The check whose places are texts with links that a repair can rewrite. */
const rewritten = 'texts'

interface TableProps extends Pick<PlacesProps, 'id' | 'checkKey' | 'title'> {
  places: readonly Place[]
  /** It stands in a row that names the project already, and has no room to do it again. */
  isPart: boolean
}

function Table({ id, checkKey, places, title, isPart }: TableProps) {
  const [where, project, about] = words.columns
  const columns = isPart ? [where, about] : words.columns
  return (
    <table class="cards places" aria-label={title}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {places.map((one, at) => (
          <tr key={one.n}>
            <td class="wide" data-label={where}>
              <Where place={one} />
            </td>
            {!isPart && (
              <td class={one.projectKey === null ? 'empty' : ''} data-label={project}>
                {one.projectKey}
              </td>
            )}
            <td class="wide" data-label={about}>
              <div class="stack tight">
                <RowDetail id={id} detail={one.detail} counts={one.counts} />
                {one.counts.map(
                  (count) =>
                    count.at === 'rows' && (
                      <AfterPlaces
                        key={count.words}
                        id={id}
                        checkKey={checkKey}
                        title={one.subject}
                        list={count.list}
                        part={count.partOf}
                        summary={count.words}
                        project={null}
                      />
                    ),
                )}
                {checkKey === rewritten &&
                  one.issueKey !== null &&
                  one.issueKey !== places[at - 1]?.issueKey && (
                    <LinkRepair id={id} issues={[one.issueKey]} />
                  )}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Only addresses of the web are followed, whatever the agent says. */
function Where({ place }: { place: Place }) {
  const { subject, url } = place
  if (url === null || !/^https?:\/\//i.test(url)) return <bdi>{subject}</bdi>
  return (
    <a href={url} target="_blank" rel="noreferrer noopener">
      <bdi>{subject}</bdi>
      <span class="hidden"> ({words.opens})</span>
    </a>
  )
}
