import { projectCounts } from '../../ledger/after-items.ts'
import { type AfterCheck, fault, fine, number, plural, warn } from '../check.ts'

const kinds = ['issue', 'comment', 'worklog', 'attachment', 'component', 'version'] as const
type Counted = (typeof kinds)[number]
const words: Record<Counted, [string, string]> = {
  issue: ['issue', 'issues'],
  comment: ['comment', 'comments'],
  worklog: ['worklog', 'worklogs'],
  attachment: ['attachment', 'attachments'],
  component: ['component', 'components'],
  version: ['version', 'versions'],
}

/** What each project holds on the site, counted anew, against what was to be there. */
export const counts: AfterCheck = {
  key: 'counts',
  group: 'issues',
  title: 'Counts per project and kind',
  open({ db, migrationId, read, projects }) {
    const there = new Map<string, Record<Counted, number>>()
    let fewer = 0
    let compared = 0
    return {
      // biome-ignore lint/correctness/useYield: it only counts; what differs is told once all is counted.
      *see({ project, issues }) {
        const own = there.get(project.key) ?? none()
        for (const { comments, worklogs, attachments } of issues) {
          own.issue += 1
          own.comment += comments.total
          own.worklog += worklogs.total
          own.attachment += attachments.length
        }
        there.set(project.key, own)
      },
      async *ask() {
        for (const { key } of projects) {
          const isThere = (await read.project(key)) !== null
          const own = there.get(key) ?? none()
          if (isThere) {
            own.component = (await read.components(key)).length
            own.version = (await read.versions(key)).length
          }
          const wanted = await projectCounts(db, migrationId, key)
          for (const kind of kinds) {
            const want =
              (wanted.get(kind) ?? 0) + (kind === 'comment' ? (wanted.get('note') ?? 0) : 0)
            compared += 1
            if (own[kind] === want) continue
            if (own[kind] < want) fewer += 1
            const much = plural(Math.abs(own[kind] - want), ...words[kind])
            const what = own[kind] < want ? `${much} missing` : `${much} more: made since, or twice`
            yield {
              subject: key,
              projectKey: key,
              detail: `${number(want)} ${words[kind][1]} were to be there, ${number(own[kind])} are: ${what}.`,
              path: isThere ? `/browse/${key}` : null,
            }
          }
        }
      },
      say(places) {
        if (!places)
          return fine(
            `All ${number(compared)} counts agree in ${plural(projects.length, 'project', 'projects')}.`,
          )
        const sentence = `${plural(places, 'count differs', 'counts differ')} from what was to be there.`
        return fewer
          ? fault(
              sentence,
              'Look at the items of the kind under Needs attention; verify the migration again where that says nothing.',
            )
          : warn(
              sentence,
              'More than was moved is right where people work already; else look for doubles.',
            )
      },
    }
  },
}

const none = (): Record<Counted, number> => ({
  issue: 0,
  comment: 0,
  worklog: 0,
  attachment: 0,
  component: 0,
  version: 0,
})
