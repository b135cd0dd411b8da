import type { PermissionGrantRow } from '../../../shared/scheme-rows.ts'
import { type AfterCheck, fine, plural, warn } from '../check.ts'
import { compareViewers, readHolders } from '../holders.ts'

/** Who could not see a project at the source and now can, and the reverse: the permission schemes compared. */
export const whoCanSee: AfterCheck = {
  key: 'who-can-see',
  group: 'access',
  title: 'People who could not see a project and now can, and the reverse',
  open(context) {
    const { snapshot, read, projects } = context
    let compared = 0

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
          if ((await read.project(key)) === null) continue
          const granted = grants.get(schemes.get(sourceId) ?? '')
          // Without schemes in the source there is nothing to compare with: some backups have none.
          if (!granted || snapshot.count('permissionGrant') === 0) continue
          compared += 1
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
      say(places) {
        const of = plural(compared, 'project', 'projects')
        const rest = projects.length - compared
        const unknown = rest
          ? ` Of ${plural(rest, 'project', 'projects')} the source does not say who could see it, or the site has it not.`
          : ''
        return places
          ? warn(
              `Who may see the issues of ${of} differs in ${plural(places, 'way', 'ways')}.${unknown}`,
              'Give the project a permission scheme that lets in whom the source let in (Project settings, Permissions), or accept it with a note.',
            )
          : fine(
              compared
                ? `Who may see the issues of ${of} is as at the source.${unknown}`
                : `Nothing could be compared.${unknown}`,
            )
      },
    }
  },
}
