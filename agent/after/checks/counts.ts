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
  lists: {
    compared: ['count was compared', 'counts were compared'],
    projects: ['project was counted', 'projects were counted'],
  },
  open({ db, migrationId, read, projects }) {
    const there = new Map<string, Record<Counted, number>>()
    let fewer = 0
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
        for (const { key, name } of projects) {
          const isThere = (await read.project(key)) !== null
          yield {
            subject: key,
            projectKey: key,
            detail: isThere ? name : `${name}: it is not on the site.`,
            path: isThere ? `/browse/${key}` : null,
            list: 'projects',
          }
          const own = there.get(key) ?? none()
          if (isThere) {
            own.component = (await read.components(key)).length
            own.version = (await read.versions(key)).length
          }
          const wanted = await projectCounts(db, migrationId, key)
          for (const kind of kinds) {
            const want =
              (wanted.get(kind) ?? 0) + (kind === 'comment' ? (wanted.get('note') ?? 0) : 0)
            const place = {
              subject: key,
              projectKey: key,
              path: isThere ? `/browse/${key}` : null,
            }
            const both = `${number(want)} ${words[kind][1]} were to be there, ${number(own[kind])} are`
            yield { ...place, detail: `${both}.`, list: 'compared' }
            if (own[kind] === want) continue
            if (own[kind] < want) fewer += 1
            const much = plural(Math.abs(own[kind] - want), ...words[kind])
            const what = own[kind] < want ? `${much} missing` : `${much} more: made since, or twice`
            yield { ...place, detail: `${both}: ${what}.` }
          }
        }
      },
      say(places, rowsOf) {
        if (!places)
          return fine(
            `All ${number(rowsOf('compared'))} counts agree in ${plural(rowsOf('projects'), 'project', 'projects')}.`,
          )
        const sentence = `${plural(places, 'count differs', 'counts differ')} from what was to be there.`
        return fewer
          ? fault(
              sentence,
              'Look at the items of the kind under Needs attention; verify the migration again where that says nothing.',
            )
          : warn(
              sentence,
              'More than was moved is right where people work already, and where a copy of this migration brought its files later; else look for doubles.',
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
