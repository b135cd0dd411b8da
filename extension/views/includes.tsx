import type { MigrationDetail } from '../../shared/api.ts'
import type { Kind } from '../../shared/plan.ts'
import { type ItemsAsk, itemsHash, moved } from '../models/place.ts'
import { count, detailWords, kindTitle } from '../words.ts'
import { includesWords, kindGroups } from '../words-includes.ts'
import { verifies } from '../words-status.ts'
import { percent } from './format.ts'
import { FourCells, Titles } from './four-cells.tsx'
import { Empty } from './parts.tsx'

type Project = MigrationDetail['projects'][number]

/** What this migration includes: its projects with their three progresses, and every kind of item. */
export function Includes({ detail }: { detail: MigrationDetail }) {
  const { id } = detail.migration
  const href = (ask: ItemsAsk) => itemsHash(id, ask)
  return (
    <div class="stack">
      <h2>{detailWords.projects}</h2>
      {detail.projects.length === 0 ? (
        <p class="quiet">{detailWords.noProjects}</p>
      ) : (
        <Projects projects={detail.projects} href={href} />
      )}
      {detail.kinds.length === 0 ? (
        <Empty title={detailWords.kinds} text={detailWords.noKinds} />
      ) : (
        kindGroups.map(({ title, kinds }) => {
          const shown = detail.kinds.filter(({ kind }) => kinds.includes(kind))
          return shown.length === 0 ? null : (
            <section key={title} class="stack tight">
              <h2>{title}</h2>
              <Kinds kinds={shown} href={href} title={title} sends={!verifies(detail.migration)} />
            </section>
          )
        })
      )}
    </div>
  )
}

interface ProjectsProps {
  projects: Project[]
  href: (ask: ItemsAsk) => string
}

function Projects({ projects, href }: ProjectsProps) {
  const titles = [
    includesWords.project,
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
              <strong>{project.key}</strong>{' '}
              {project.url === null ? (
                <bdi title={includesWords.notYet}>{project.name}</bdi>
              ) : (
                <a
                  href={project.url}
                  target="_blank"
                  rel="noreferrer"
                  title={detailWords.openOnSite}
                >
                  <bdi>{project.name}</bdi>
                  <span aria-hidden="true"> ↗</span>
                  <span class="hidden">
                    {' '}
                    {detailWords.openOnSite} {project.key}
                  </span>
                </a>
              )}
            </td>
            <Share label={titles[1]} {...project.people} href={href(moved('user'))} />
            <Share label={titles[2]} {...project.issues} href={href(moved('issue', project.key))} />
            <Share
              label={titles[3]}
              {...project.files}
              href={href(moved('attachment', project.key))}
            />
            <FourCells
              counts={project.totals}
              labels={titles.slice(4)}
              href={(ask) => href({ project: project.key, ...ask })}
            />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface ShareProps {
  label: string | undefined
  done: number
  total: number
  href: string
}

/** How much of the people, issues or files is done: a thin bar and the number, which leads to the list. */
function Share({ label, done, total, href }: ShareProps) {
  if (total === 0)
    return (
      <td class="number empty" data-label={label}>
        –
      </td>
    )
  return (
    <td class="number" data-label={label}>
      <span class="share">
        <a href={href} title={includesWords.done(done, total)}>
          {done === total ? count(total) : `${percent(done, total)}% of ${count(total)}`}
        </a>
        <span class="meter" aria-hidden="true">
          <span
            class={done === total ? 'verified' : ''}
            style={{ width: `${(100 * done) / total}%` }}
          />
        </span>
      </span>
    </td>
  )
}

interface KindsProps {
  kinds: MigrationDetail['kinds']
  href: (ask: ItemsAsk) => string
  title: string
  /** A verification sends nothing, and has no column for it. */
  sends: boolean
}

function Kinds({ kinds, href, title, sends }: KindsProps) {
  const titles = detailWords.kindColumns
  const sentHref = (kind: Kind) => href({ kind, only: 'sent' })
  return (
    <table class="cards dense kinds" aria-label={title}>
      <Titles titles={sends ? titles : titles.filter((_title, i) => i !== 2)} numbersFrom={1} />
      <tbody>
        {kinds.map(({ kind, sent, counts }) => (
          <tr key={kind}>
            <td class="block">
              <strong>{kindTitle(kind)}</strong>
            </td>
            <td class="number" data-label={titles[1]}>
              <a href={href({ kind })}>{count(counts.source)}</a>
            </td>
            {sends && (
              <td class="number" data-label={titles[2]}>
                {sent === 0 ? (
                  <span class="quiet">0</span>
                ) : (
                  <a href={sentHref(kind)}>{count(sent)}</a>
                )}
              </td>
            )}
            <FourCells
              counts={counts}
              labels={titles.slice(3)}
              href={(ask) => href({ kind, ...ask })}
            />
          </tr>
        ))}
      </tbody>
    </table>
  )
}
