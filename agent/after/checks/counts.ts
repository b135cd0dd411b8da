import type { RowCount } from '../../../shared/row-counts.ts'
import { projectCounts } from '../../ledger/after-items.ts'
import { type AfterCheck, fault, fine, number, plural, warn } from '../check.ts'
import { type CountedKind, countedKinds, createComparison } from '../compared.ts'

const words: Record<CountedKind, [one: string, many: string]> = {
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
  open(context) {
    const { db, migrationId, read, projects } = context
    const site = createComparison(context)
    let fewer = 0
    return {
      // What differs is told once all is counted.
      see: (page) => site.issues(page),
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
          yield* site.parts('component', key, isThere ? await read.components(key) : [])
          yield* site.parts('version', key, isThere ? await read.versions(key) : [])
          const wanted = await projectCounts(db, migrationId, key)
          const want = (kind: CountedKind) =>
            (wanted.get(kind) ?? 0) + (kind === 'comment' ? (wanted.get('note') ?? 0) : 0)
          const open = countedKinds.some((kind) => {
            const { there, missing, more } = site.count(kind, key)
            return want(kind) - there !== missing - more
          })
          if (open) yield* site.lost(key, isThere)
          for (const kind of countedKinds) {
            const { there } = site.count(kind, key)
            const items = number(wanted.get(kind) ?? 0)
            const many = words[kind][1]
            const notes = kind === 'comment' ? (wanted.get('note') ?? 0) : 0
            const rest = notes ? `${number(notes)} added by Landfall and ` : ''
            const counts = site.numbers(kind, key, want(kind), {
              at: 'items',
              words: `${items} ${many}`,
              kind,
              project: key,
              only: 'wanted',
            })
            if (notes && site.notes(key) === notes) counts.push(notesOf(notes, key))
            const place = {
              subject: key,
              projectKey: key,
              path: isThere ? `/browse/${key}` : null,
              counts,
            }
            const both = `${rest}${items} ${many} were to be there, ${number(there)} are`
            yield { ...place, detail: `${both}.`, list: 'compared' }
            const less = want(kind) - there
            if (less === 0) continue
            if (less > 0) fewer += 1
            const much = plural(Math.abs(less), ...words[kind])
            const what = less > 0 ? `${much} missing` : `${much} more: made since, or twice`
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

const notesOf = (notes: number, key: string): RowCount => ({
  at: 'rows',
  words: `${number(notes)} added by Landfall`,
  list: 'notes',
  partOf: key,
})
