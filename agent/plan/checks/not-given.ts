import { missingIssues, readingsOf, whyUnread } from '../unread.ts'
import { type CheckOffender, check, chosen, fine, number, plural, warn } from './check.ts'

const keyOfProject = (issueKey: string): string => issueKey.slice(0, issueKey.lastIndexOf('-'))

/** Projects that move, and of which a live source kept something back: all of it, or single issues. */
export const notGiven = check({
  key: 'not-given',
  group: 'projects',
  title: 'What the source did not give',
  worst: 'warning',
  canOverride: true,
  lists: { issues: ['issue was read', 'issues were read'] },
  *ask(context): Generator<CheckOffender> {
    const { snapshot } = context
    const info = snapshot.info()
    if (!info.live) return
    for (const { key, summary } of snapshot.rows('issue'))
      yield { subject: key, projectKey: keyOfProject(key), detail: summary ?? '', list: 'issues' }
    const readings = readingsOf(info)
    for (const { key, name, archived } of chosen(context)) {
      const reading = readings.get(key)
      if (!reading || (archived && context.options.scope?.archived === false)) continue
      const detail =
        reading.how === 'read' ? missingIssues(reading) : whyUnread[reading.how](reading.key)
      if (detail) yield { subject: `${key} ${name}`, projectKey: key, detail }
    }
  },
  say(n, { snapshot }, rowsOf) {
    if (!snapshot.info().live) return fine('A backup holds all that it has.')
    return n
      ? warn(
          `${plural(n, 'project that is to move was', 'projects that are to move were')} not given in full; what was not read is left out.`,
          'Mend it at the source and read it again, or choose the other projects only.',
        )
      : fine(`The source gave every issue that it counts (${number(rowsOf('issues'))}).`)
  },
})
