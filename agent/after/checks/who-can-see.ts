import type { PermissionGrantRow } from '../../../shared/scheme-rows.ts'
import { type AfterCheck, fine, plural, untold, warn } from '../check.ts'
import { compareViewers, readHolders } from '../holders.ts'

/** Who could not see a project at the source and now can, and the reverse: the permission schemes compared. */
export const whoCanSee: AfterCheck = {
  key: 'who-can-see',
  group: 'access',
  title: 'People who could not see a project and now can, and the reverse',
  lists: {
    compared: ['project was compared', 'projects were compared'],
    absent: ['project is not on the site', 'projects are not on the site'],
    untold: [
      'project of which the source does not say who could see it',
      'projects of which the source does not say who could see them',
    ],
  },
  open(context) {
    const { snapshot, read, projects } = context

    /** Who may see, by permission scheme of the source. */
    function browsing() {
      const schemes = new Map<string, PermissionGrantRow[]>()
      for (const { id } of snapshot.rows('permissionScheme')) schemes.set(id, [])
      for (const row of snapshot.rows('permissionGrant'))
        if (row.permission === 'BROWSE_PROJECTS') schemes.get(row.schemeId)?.push(row)
      return schemes
    }

    /** The permission scheme of each project of the source. */
    function schemesOfProjects() {
      const found = new Map<string, string>()
      for (const { kind, projectId, schemeId } of snapshot.rows('projectScheme'))
        if (kind === 'permission') found.set(projectId, schemeId)
      return found
    }

    return {
      async *ask() {
        const holders = await readHolders(context)
        const schemes = schemesOfProjects()
        const grants = browsing()
        for (const { key, sourceId } of projects) {
          const at = { subject: key, projectKey: key }
          if ((await read.project(key)) === null) {
            yield { ...at, detail: 'The project is not on the site.', list: 'absent' }
            continue
          }
          const granted = grants.get(schemes.get(sourceId) ?? '')
          // Without schemes in the source there is nothing to compare with: some backups have none.
          if (!granted || snapshot.count('permissionGrant') === 0) {
            yield { ...at, detail: 'The source does not say who could see it.', list: 'untold' }
            continue
          }
          const before = []
          for (const row of granted) before.push(await holders.ofSource(row))
          const scheme = await read.permissionScheme(key)
          const after = []
          for (const { permission, holder } of scheme.grants)
            if (permission === 'BROWSE_PROJECTS') after.push(await holders.ofSite(holder))
          const { gained, lost } = compareViewers(before, after)
          const place = (detail: string) => ({
            subject: key,
            projectKey: key,
            detail,
            path: `/plugins/servlet/project-config/${key}/permissions`,
          })
          yield { ...place('Compared with the source.'), list: 'compared' }
          const was = before.length
            ? [...new Set(before.map(({ words }) => words))].join(', ')
            : 'nobody'
          if (gained.length)
            yield place(
              `Can see its issues now, and could not: ${gained.join(', ')}. At the source: ${was}.`,
            )
          if (lost.length) yield place(`Could see its issues, and cannot now: ${lost.join(', ')}.`)
        }
      },
      say(places, rowsOf) {
        const compared = rowsOf('compared')
        const of = plural(compared, 'project', 'projects')
        const levels =
          ' This is the permission Browse projects; issues that a security level hides from some have a check of their own, "Issues that were hidden and now are not, and the reverse".'
        const unknown = notCompared(rowsOf('untold'), rowsOf('absent'))
        if (places)
          return warn(
            `Who may see the issues of ${of} differs in ${plural(places, 'way', 'ways')}.${levels}${unknown}`,
            'Give the project a permission scheme that lets in whom the source let in (Project settings, Permissions), or accept it with a note.',
          )
        const same = `Who may browse ${of} is as at the source.${levels}`
        if (unknown)
          return untold(
            compared ? `${same}${unknown}` : `Nothing could be compared.${unknown}`,
            rowsOf('untold')
              ? 'Look for yourself before people are let in: Project settings, Permissions, “Browse projects”.'
              : 'The check “Counts per project and kind” says what is missing with them.',
          )
        return fine(compared ? same : 'No project was moved.')
      },
    }
  },
}

/** What could not be compared, and why; '' where everything was. */
function notCompared(silent: number, absent: number): string {
  const parts = [
    silent ? `the source does not say who could see ${plural(silent, 'project', 'projects')}` : '',
    absent ? `${plural(absent, 'project is', 'projects are')} not on the site` : '',
  ].filter(Boolean)
  return parts.length ? ` Not compared: ${parts.join('; ')}.` : ''
}
