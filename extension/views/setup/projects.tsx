import type { InspectionView } from '../../../shared/api-setup-views.ts'
import type { Scope } from '../../../shared/setup.ts'
import { sourceHash, toHash } from '../../models/place.ts'
import { counted } from '../../words.ts'
import { liveWords } from '../../words-live.ts'
import { scopeWords } from '../../words-scope.ts'
import { stepWords } from '../../words-setup.ts'
import { ChooseProjects } from './choose-projects.tsx'
import { Tick } from './fields.tsx'

type Project = InspectionView['projects'][number]

interface ProjectsProps {
  /** Of the migration. */
  id: string
  /** As the inspection found them. */
  projects: Project[]
  scope: Scope
  /** A live source gives the issues of archived projects to nobody. */
  live: boolean
  onSet: (change: Partial<Scope>) => void
}

/** All projects, or those that are ticked, with how much each holds. */
export function Projects({ id, projects, scope, live, onSet }: ProjectsProps) {
  const chosen = scope.projects && new Set(scope.projects)
  const wanted = projects.filter((one) => chosen?.has(one.key) ?? true)
  const moving = wanted.filter((one) => !one.unread && (scope.archived || !one.archived))
  /** Of some projects the source has no list of their own: they stand above, each with its numbers. */
  const all = (list: 'project' | 'issue' | 'attachment') =>
    moving.length === projects.length ? sourceHash(id, list) : null
  const toRead = wanted.filter(({ unread }) => unread === 'not-chosen').map(({ key }) => key)
  return (
    <>
      <ChooseProjects
        projects={projects.map((one) => ({
          key: one.key,
          name: one.name,
          marks: [
            ...(one.archived ? [scopeWords.archivedMark] : []),
            ...(one.unread ? [scopeWords.unreadMark] : []),
          ],
          detail: one.unread
            ? liveWords.unread[one.unread]
            : `${counted(one.issues, 'issue', 'issues')}, ${counted(one.attachments, 'attachment', 'attachments')}`,
          whyNot: one.unread === 'archived' ? liveWords.unread.archived : null,
        }))}
        chosen={scope.projects}
        onSet={(keys) => onSet({ projects: keys })}
      />
      {toRead.length > 0 && (
        <div class="box warn" role="status">
          <span>{liveWords.toRead(toRead.slice(0, 10).join(', '), toRead.length)}</span>
          <a href={toHash({ at: 'setup', id, step: 'inspection' })}>{stepWords.inspection.title}</a>
        </div>
      )}
      <Tick
        on={scope.archived && !live}
        whyNot={live ? liveWords.noArchived : null}
        onChange={(archived) => onSet({ archived })}
      >
        {scopeWords.archived}
      </Tick>
      {projects.length > 0 && (
        <p role="status">
          <Behind href={all('project')}>{scopeWords.sumProjects(moving.length)}</Behind>
          {', '}
          <Behind href={all('issue')}>
            {scopeWords.sumIssues(sum(moving, (one) => one.issues))}
          </Behind>
          {', '}
          <Behind href={all('attachment')}>
            {scopeWords.sumFiles(sum(moving, (one) => one.attachments))}
          </Behind>
        </p>
      )}
    </>
  )
}

/** What is counted, as a link where there is a list of as many. */
function Behind({ href, children }: { href: string | null; children: string }) {
  return href === null ? children : <a href={href}>{children}</a>
}

const sum = (rows: Project[], of: (one: Project) => number): number =>
  rows.reduce((total, one) => total + of(one), 0)
