import { type AfterCheck, type AfterContext, atIssue, fault, fine, fold, plural } from '../check.ts'
import { compareViewers, readHolders } from '../holders.ts'

interface Level {
  name: string
  schemeId: string
}

/** Issues that a security level hid at the source and that are open now, and the reverse. */
export const securityLevels: AfterCheck = {
  key: 'security-levels',
  group: 'access',
  title: 'Issues that were hidden and now are not, and the reverse',
  lists: {
    hidden: ['issue was hidden at the source', 'issues were hidden at the source'],
  },
  open(context) {
    const levels = new Map<string, Level>()
    for (const { id, name, schemeId } of context.snapshot.rows('securityLevel'))
      levels.set(id, { name, schemeId })
    return {
      *see({ issues, source }) {
        for (const { key, security } of issues) {
          const row = source(key)
          if (!row) continue
          const before = row.security ? (levels.get(row.security)?.name ?? row.security) : null
          if (before !== null)
            yield { ...atIssue(key, `Has the level "${before}" at the source.`), list: 'hidden' }
          const after = security?.name ?? null
          if (before === null && after === null) continue
          if (before === null)
            yield atIssue(
              key,
              `Is hidden by the level "${after}" on the site, and was open at the source.`,
            )
          else if (after === null)
            yield atIssue(
              key,
              `Everybody who sees the project can see it; at the source the level "${before}" hid it.`,
            )
          else if (fold(before) !== fold(after))
            yield atIssue(key, `Has the level "${after}" on the site, and had "${before}".`)
        }
      },
      async *ask() {
        yield* membersOf(context, levels)
      },
      say: (places, rowsOf) =>
        places
          ? fault(
              `${plural(places, 'issue or level is', 'issues or levels are')} not hidden as at the source.`,
              'Give the project an issue security scheme with these levels and members, and set the level of the issues; until then restrict who can browse the project.',
            )
          : fine(
              rowsOf('hidden')
                ? `All ${plural(rowsOf('hidden'), 'issue with a security level has', 'issues with a security level have')} it on the site.`
                : 'No moved issue has a security level, at the source or on the site.',
            ),
    }
  },
}

/** Who is in a level of the site and was not in the one of that name at the source, and the reverse. */
async function* membersOf(context: AfterContext, levels: ReadonlyMap<string, Level>) {
  if (!levels.size) return
  const { snapshot, read, projects } = context
  const holders = await readHolders(context)
  for (const { key, sourceId } of projects) {
    if ((await read.project(key)) === null) continue
    const scheme = await read.securityScheme(key)
    if (!scheme) continue
    const schemeId = [...snapshot.rows('projectScheme')].find(
      (row) => row.kind === 'security' && row.projectId === sourceId,
    )?.schemeId
    for (const level of scheme.levels) {
      const own = [...levels].find(
        ([, one]) => one.schemeId === schemeId && fold(one.name) === fold(level.name),
      )
      if (!own) continue
      const before = []
      for (const row of snapshot.rows('securityMember'))
        if (row.levelId === own[0]) before.push(await holders.ofSource(row))
      const after = []
      for (const member of level.members) after.push(await holders.ofSite(member))
      const { gained, lost } = compareViewers(before, after)
      const place = (detail: string) => ({
        subject: `Level ${level.name} of ${key}`,
        projectKey: key,
        detail,
        path: `/plugins/servlet/project-config/${key}/issuesecurity`,
      })
      if (gained.length)
        yield place(`In it on the site, and not at the source: ${gained.join(', ')}.`)
      if (lost.length) yield place(`In it at the source, and not on the site: ${lost.join(', ')}.`)
    }
  }
}
