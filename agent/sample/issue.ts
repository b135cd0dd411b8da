import { begin, day, hour, oneDay, wall } from './clock.ts'
import type { Entities } from './entities.ts'
import { fields, statuses, types } from './frame.ts'
import type { Oddity } from './oddities.ts'
import { staff } from './people.ts'
import type { SampleProject } from './projects.ts'
import type { Random } from './random.ts'
import { bugs, chores, drawGaps, stories } from './texts.ts'

/** An issue that was written, as those who add to it need it. */
export interface SampleIssue {
  id: string
  key: string
  number: number
  type: string
  status: string
  created: number
  project: SampleProject
}

const open = [statuses.open, statuses.open, statuses.reopened]
const doing = [statuses.progress, statuses.review, statuses.waiting]
const done = [statuses.resolved, statuses.closed, statuses.closed]

/** Writes one issue's own row, with its labels, components, versions and field values. */
export function addIssue(
  entities: Entities,
  random: Random,
  project: SampleProject,
  number: number,
  type: string,
  odd: Oddity | null,
): SampleIssue {
  const gaps = drawGaps(random, staff)
  const stock = type === types.bug ? bugs : type === types.task ? chores : stories
  const story = random.pick(stock)
  const created = begin + number * 3.2 * oneDay + random.below(9 * hour)
  const resolved = random.chance(0.55)
  const status = resolved ? random.pick(done) : random.pick([...open, ...doing])
  const estimate = random.chance(0.35) ? (random.below(16) + 1) * 3600 : undefined
  const key = `${project.key}-${number}`
  const id = entities.add('Issue', {
    key,
    number,
    project: project.id,
    reporter: random.chance(0.03) ? undefined : reporter(random),
    assignee: random.chance(0.75) ? random.pick(staff).key : undefined,
    creator: random.pick(staff).key,
    type,
    summary: odd?.summary ?? story.summary(gaps),
    description: odd ? (odd.description ?? undefined) : (story.description(gaps) ?? undefined),
    environment:
      odd?.environment ??
      (random.chance(0.15) ? `Staging, build ${gaps.number}\nJava 17` : undefined),
    priority: random.pick(['1', '2', '3', '3', '3', '4', '5']),
    resolution: resolved ? random.pick(['1', '1', '1', '2', '3', '4']) : undefined,
    status,
    created: wall(created),
    updated: wall(created + 6 * oneDay),
    duedate: random.chance(0.2) || odd?.labels ? day(created + 20 * oneDay) : undefined,
    resolutiondate: resolved ? wall(created + 5 * oneDay) : undefined,
    votes: 0,
    watches: 0,
    timeoriginalestimate: estimate,
    timeestimate: estimate === undefined ? undefined : Math.floor(estimate / 2),
    timespent: estimate === undefined ? undefined : Math.ceil(estimate / 2),
  })
  for (const label of odd?.labels ?? (random.chance(0.4) ? [random.pick(labels)] : []))
    entities.add('Label', { issue: id, label })
  place(entities, random, project, id)
  values(entities, random, type, id, gaps.merchant)
  return { id, key, number, type, status, created, project }
}

const labels = ['regression', 'psd2', 'customer-reported', 'quick-win', 'month-end', 'Größe']

/** Most are known; some were deleted since. */
const reporter = (random: Random) => (random.chance(0.04) ? 'oleg' : random.pick(staff).key)

function place(entities: Entities, random: Random, project: SampleProject, issueId: string): void {
  const link = (sinkNodeEntity: string, associationType: string, sinkNodeId: string) =>
    entities.addPlain('NodeAssociation', {
      sourceNodeId: issueId,
      sourceNodeEntity: 'Issue',
      sinkNodeId,
      sinkNodeEntity,
      associationType,
    })
  if (project.components.length > 0 && random.chance(0.6))
    link('Component', 'IssueComponent', random.pick(project.components))
  if (project.versions.length === 0) return
  if (random.chance(0.5)) link('Version', 'IssueFixVersion', random.pick(project.versions))
  if (random.chance(0.3)) link('Version', 'IssueVersion', random.pick(project.versions))
}

function values(entities: Entities, random: Random, type: string, issue: string, merchant: string) {
  const put = (customfield: string, value: Record<string, string>) =>
    entities.add('CustomFieldValue', { issue, customfield, ...value })
  if (random.chance(0.4)) put(fields.team, { stringvalue: String(10_200 + random.below(4)) })
  if (type === types.story) put(fields.points, { numbervalue: `${random.pick([1, 2, 3, 5, 8])}.0` })
  if (type === types.bug && random.chance(0.5)) put(fields.customer, { stringvalue: merchant })
  if (type === types.story && random.chance(0.6))
    put(fields.sprint, { stringvalue: String(random.below(4) + 1) })
}
