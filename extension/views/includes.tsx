import type { MigrationDetail } from '../../shared/api.ts'
import type { Kind } from '../../shared/plan.ts'
import type { Counts } from '../../shared/report.ts'
import type { Verdict } from '../../shared/status.ts'
import { toHash } from '../models/place.ts'
import { count, detailWords, kindTitle, withLossWords } from '../words.ts'
import { percent } from './format.ts'
import { VerdictMark } from './marks.tsx'
import { Empty } from './parts.tsx'

type Project = MigrationDetail['projects'][number]

/** What this migration includes: its projects with their three progresses, and every kind of item. */
export function Includes({ detail }: { detail: MigrationDetail }) {
  const { id } = detail.migration
  return (
    <div class="stack">
      <h2>{detailWords.projects}</h2>
      {detail.projects.length === 0 ? (
        <p class="quiet">{detailWords.noProjects}</p>
      ) : (
        <Projects projects={detail.projects} id={id} />
      )}
      <h2>{detailWords.kinds}</h2>
      {detail.kinds.length === 0 ? (
        <Empty title={detailWords.kinds} text={detailWords.noKinds} />
      ) : (
        <Kinds kinds={detail.kinds} id={id} />
      )}
    </div>
  )
}

const four = ['verified', 'different', 'leftOut', 'failed'] as const

function Projects({ projects, id }: { projects: Project[]; id: string }) {
  const titles = [
    detailWords.projects,
    detailWords.people,
    detailWords.issues,
    detailWords.files,
    ...detailWords.kindColumns.slice(3),
  ]
  return (
    <table class="cards dense" aria-label={detailWords.projects}>
      <Titles titles={titles} numbersFrom={1} />
      <tbody>
        {projects.map((project) => (
          <tr key={project.key}>
            <td class="block wide">
              <strong>{project.key}</strong> <bdi>{project.name}</bdi>{' '}
              {project.url !== null && (
                <a href={project.url} target="_blank" rel="noreferrer">
                  {detailWords.openOnSite}
                  <span class="hidden"> {project.key}</span>
                </a>
              )}
            </td>
            <Share label={titles[1]} {...project.people} />
            <Share label={titles[2]} {...project.issues} />
            <Share label={titles[3]} {...project.files} />
            <FourCells
              counts={project.totals}
              labels={titles.slice(4)}
              href={(verdict) =>
                toHash({ at: 'items', id, kind: null, verdict, project: project.key, after: null })
              }
            />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Share({
  label,
  done,
  total,
}: {
  label?: string | undefined
  done: number
  total: number
}) {
  return (
    <td class={`number ${total === 0 ? 'empty' : ''}`} data-label={label}>
      {total === 0
        ? '–'
        : done === total
          ? count(total)
          : `${percent(done, total)}% of ${count(total)}`}
    </td>
  )
}

interface KindsProps {
  kinds: MigrationDetail['kinds']
  id: string
}

function Kinds({ kinds, id }: KindsProps) {
  const titles = detailWords.kindColumns
  const place = (kind: Kind, verdict: Verdict | null) =>
    toHash({ at: 'items', id, kind, verdict, project: null, after: null })
  return (
    <table class="cards dense" aria-label={detailWords.kinds}>
      <Titles titles={titles} numbersFrom={1} />
      <tbody>
        {kinds.map(({ kind, sent, counts }) => (
          <tr key={kind}>
            <td class="block">
              <strong>{kindTitle(kind)}</strong>
            </td>
            <td class="number" data-label={titles[1]}>
              <a href={place(kind, null)}>{count(counts.source)}</a>
            </td>
            <td class="number" data-label={titles[2]}>
              {count(sent)}
            </td>
            <FourCells
              counts={counts}
              labels={titles.slice(3)}
              href={(verdict) => place(kind, verdict)}
            />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface FourCellsProps {
  counts: Counts
  labels: string[]
  href: (verdict: Verdict) => string
}

/** The four numbers as cells; a zero is quiet, everything else leads to its items. */
function FourCells({ counts, labels, href }: FourCellsProps) {
  return (
    <>
      {four.map((verdict, i) => (
        <td
          key={verdict}
          class={`number ${counts[verdict] === 0 ? 'empty' : ''}`}
          data-label={labels[i]}
        >
          {counts[verdict] === 0 ? (
            <span class="quiet">0</span>
          ) : (
            <span>
              <VerdictMark
                verdict={verdict}
                loss={verdict === 'verified' && counts.verifiedWithLoss > 0}
              />{' '}
              <a
                href={href(verdict)}
                title={
                  verdict === 'verified' && counts.verifiedWithLoss > 0
                    ? withLossWords(counts.verifiedWithLoss)
                    : undefined
                }
              >
                {count(counts[verdict])}
              </a>
            </span>
          )}
        </td>
      ))}
    </>
  )
}

function Titles({ titles, numbersFrom }: { titles: string[]; numbersFrom: number }) {
  return (
    <thead>
      <tr>
        {titles.map((title, i) => (
          <th key={title} scope="col" class={i >= numbersFrom ? 'number' : ''}>
            {title}
          </th>
        ))}
      </tr>
    </thead>
  )
}
