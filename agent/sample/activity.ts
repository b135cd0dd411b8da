import { hour, oneDay, wall } from './clock.ts'
import type { Entities } from './entities.ts'
import { statuses, statusNames } from './frame.ts'
import type { SampleIssue } from './issue.ts'
import type { Oddity } from './oddities.ts'
import { robot, staff } from './people.ts'
import type { Random } from './random.ts'
import { replies } from './replies.ts'
import { drawGaps } from './texts.ts'

/** What happened to an issue after it was created: comments, work, watchers, votes, history. */
export function addActivity(
  entities: Entities,
  random: Random,
  issue: SampleIssue,
  odd: Oddity | null,
): void {
  addComments(entities, random, issue, odd)
  if (random.chance(0.3)) addWorklogs(entities, random, issue)
  addWatchers(entities, random, issue, odd)
  addHistory(entities, random, issue)
}

const authors = { gone: 'oleg', nobody: undefined, robot: robot.key }

function addComments(entities: Entities, random: Random, issue: SampleIssue, odd: Oddity | null) {
  const add = (body: string, author: string | undefined, n: number, more = {}) => {
    const created = issue.created + (n + 1) * 5 * hour
    const edited = random.chance(0.1)
    entities.add('Action', {
      issue: issue.id,
      author,
      type: 'comment',
      body,
      created: wall(created),
      updateauthor: edited ? 'admin' : author,
      updated: wall(edited ? created + oneDay : created),
      ...more,
    })
  }
  for (const [n, one] of (odd?.comments ?? []).entries())
    add(one.body, one.author ? authors[one.author] : 'ines', n, {
      level: one.group,
      rolelevel: one.role,
    })
  if (odd) return
  const count = random.below(5)
  for (let n = 0; n < count; n += 1)
    add(random.pick(replies)(drawGaps(random, staff)), random.pick(staff).key, n)
}

function addWorklogs(entities: Entities, random: Random, issue: SampleIssue): void {
  const count = random.below(3) + 1
  for (let n = 0; n < count; n += 1) {
    const started = issue.created + (n + 1) * oneDay
    const author = random.pick(staff).key
    entities.add('Worklog', {
      issue: issue.id,
      author,
      body: random.pick([
        '',
        'Debugging with the bank on the phone',
        '*Pairing*\nwith the new colleague',
      ]),
      created: wall(started + 2 * hour),
      updateauthor: author,
      updated: wall(started + 2 * hour),
      startdate: wall(started),
      timeworked: (random.below(12) + 1) * 900,
    })
  }
}

function addWatchers(entities: Entities, random: Random, issue: SampleIssue, odd: Oddity | null) {
  const associate = (sourceName: string, associationType: string) =>
    entities.addPlain('UserAssociation', {
      sourceName,
      sinkNodeId: issue.id,
      sinkNodeEntity: 'Issue',
      associationType,
      created: wall(issue.created + hour),
    })
  const count = odd?.labels?.includes('follow-up') ? 11 : random.below(3)
  const first = random.below(staff.length)
  for (let n = 0; n < count; n += 1)
    associate(staff[(first + n) % staff.length]?.key ?? 'admin', 'WatchIssue')
  if (random.chance(0.2)) associate(random.pick(staff).key, 'VoteIssue')
}

/** The way from Open to the status in which the issue is now, and somebody correcting the summary. */
function addHistory(entities: Entities, random: Random, issue: SampleIssue): void {
  const way = [statuses.open]
  if (issue.status !== statuses.open) {
    if (issue.status !== statuses.progress) way.push(statuses.progress)
    way.push(issue.status)
  }
  for (let n = 1; n < way.length; n += 1) {
    const [from, to] = [way[n - 1] ?? statuses.open, way[n] ?? statuses.open]
    const group = entities.add('ChangeGroup', {
      issue: issue.id,
      author: random.pick(staff).key,
      created: wall(issue.created + n * 30 * hour),
    })
    entities.add('ChangeItem', {
      group,
      fieldtype: 'jira',
      field: 'status',
      oldvalue: from,
      oldstring: statusNames[from],
      newvalue: to,
      newstring: statusNames[to],
    })
  }
}
