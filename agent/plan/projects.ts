import type { PlannedItem, PlanOptions, Reason, SiteFacts } from '../../shared/plan.ts'
import type { SetupOptions } from '../../shared/plan-options.ts'
import type { ProjectReading, SnapshotReader } from '../../shared/record.ts'
import type { ProjectRow } from '../../shared/rows.ts'
import { cleanText } from './adf.ts'
import type { Categories } from './categories.ts'
import { leftOut, moved, reason } from './item.ts'
import { manyFillers } from './keys.ts'
import { cut, cutName, fold } from './names.ts'
import type { People } from './people.ts'
import type { Setup } from './setup.ts'
import { missingIssues, notRead, readingsOf } from './unread.ts'

/** A project of the source: either it moves under a name, or there is a reason why nothing of it does. */
export interface ProjectPlan {
  row: ProjectRow
  name: string
  losses: Reason[]
  leftOut: Reason | null
}

/** Decides for every project of the source whether it moves. */
export function decideProjects(
  snapshot: SnapshotReader,
  site: SiteFacts,
  options: PlanOptions,
): ProjectPlan[] {
  const wanted = options.projects && new Set(options.projects)
  const names = new Set<string>()
  const keys = new Set<string>()
  const readings = readingsOf(snapshot.info())
  const plans: ProjectPlan[] = []
  for (const row of snapshot.rows('project')) {
    const losses: Reason[] = []
    // 80 characters is Jira's own limit for a project's name.
    let name = cutName('project', row.name, 80, losses)
    const reading = readings.get(row.key)
    const why = whyNot(row, name, site, wanted, keys, options.scope, reading)
    if (!why && names.has(fold(name))) {
      losses.push(reason('renamed', `Two projects of the source are called "${name}".`))
      name = `${cut(name, 67)} (${row.key})`
    }
    if (!why) {
      names.add(fold(name))
      keys.add(row.key)
      const missing = reading && missingIssues(reading)
      if (missing) losses.push(reason('issues-not-read', missing))
    }
    plans.push({ row, name, losses, leftOut: why })
  }
  return plans
}

function whyNot(
  row: ProjectRow,
  name: string,
  site: SiteFacts,
  wanted: Set<string> | null,
  keys: Set<string>,
  scope: SetupOptions['scope'],
  reading: ProjectReading | undefined,
): Reason | null {
  if (wanted && !wanted.has(row.key))
    return reason('not-in-scope', `Project ${row.key} is not among those chosen to move.`)
  if (row.archived && scope?.archived === false)
    return reason('archived-out-of-scope', `${row.key} is archived: you chose to leave those.`)
  const unread = notRead(reading)
  if (unread) return unread
  // "Project keys must start with an uppercase letter, followed by uppercase alphanumeric characters", at most 10.
  if (!/^[A-Z][A-Z0-9]{1,9}$/.test(row.key))
    return reason(
      'key-not-allowed',
      `Jira Cloud does not take "${row.key}" as a project key: 2 to 10 capital letters and digits, a letter first. Change the key at the source and read it again.`,
    )
  if (keys.has(row.key))
    return reason('key-twice', `The source has a second project with the key ${row.key}.`)
  if (scope?.attachments === 'only')
    return site.projects.some((other) => fold(other.key) === fold(row.key))
      ? null
      : reason('project-not-there', `The site has no project ${row.key} to add attachments to.`)
  const taken = site.projects.find(
    (other) => fold(other.key) === fold(row.key) || fold(other.name) === fold(name),
  )
  if (!taken) return null
  return reason(
    'project-taken',
    `The site already has a project ${taken.key} "${taken.name}": Landfall never writes into one that it did not make. Rename it or delete it for good (also from the trash), then run again.`,
  )
}

/** Every project loses this much: the frame around its issues is made anew. */
const simplerFrame = reason(
  'frame-simplified',
  "Its workflows become one simple workflow with the statuses of its issues, each reachable from each; its permission, notification, security and screen schemes become the site's defaults.",
)

interface ProjectContext {
  projects: ReadonlyMap<string, ProjectPlan>
  people: People
  site: SiteFacts
  setups: readonly Setup[]
  categories: Categories
}

export function* planProjects({
  projects,
  people,
  site,
  setups,
  categories,
}: ProjectContext): Generator<PlannedItem> {
  const gaps = new Map(setups.map((setup) => [setup.plan.row.id, manyFillers(setup)]))
  for (const { row, name, losses: before, leftOut: why } of projects.values()) {
    const place = {
      sourceId: row.id,
      label: `${row.key} ${row.name}`,
      projectKey: row.key,
      phase: 'projects' as const,
    }
    if (why) {
      yield leftOut('project', place, why)
      continue
    }
    const losses = [...before, simplerFrame]
    const lead = people.of(row.lead)
    if (!lead?.accountId)
      losses.push(
        reason(
          'lead-without-account',
          `The lead ${lead?.displayName ?? '(nobody)'} has no account: ${site.me.displayName} leads the project.`,
        ),
      )
    if (row.archived)
      losses.push(reason('archived', 'The project was archived; on the site it is open.'))
    const fillers = gaps.get(row.id)
    if (fillers)
      losses.push(
        reason(
          'many-gaps',
          `To keep the keys, ${fillers} missing issues are created and deleted again: this takes its time.`,
        ),
      )
    if (row.type === 'service_desk')
      losses.push(
        reason(
          'service-desk',
          'A service project becomes an ordinary one: portal, request types, queues and SLAs do not move.',
        ),
      )
    yield moved(
      'project',
      place,
      {
        key: row.key,
        name,
        description: cleanText(row.description ?? '').trim(),
        url: webAddress(row.url, losses),
        leadAccountId: lead?.accountId ?? site.me.accountId,
        // Jira's own numbers: 2 the lead, 3 nobody.
        assigneeType: row.assigneeType === '2' ? 'PROJECT_LEAD' : 'UNASSIGNED',
        projectTypeKey: row.type === 'business' ? 'business' : 'software',
        category: categories.get(row.categoryId ?? '')?.name ?? null,
      },
      losses,
    )
  }
}

/** The site refuses a project whose address is none. */
function webAddress(url: string | null, losses: Reason[]): string | null {
  const clean = url?.trim()
  if (!clean) return null
  if (clean.length <= 255 && /^https?:\/\//i.test(clean) && URL.canParse(clean)) return clean
  losses.push(reason('address-dropped', `"${cut(clean, 300)}" is no web address the site takes.`))
  return null
}
