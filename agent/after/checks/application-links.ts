import { type AfterCheck, atIssue, fine, plural, warn } from '../check.ts'

/** Other products that the source's issues link to: their application links have to be made on the site. */
export const applicationLinks: AfterCheck = {
  key: 'application-links',
  group: 'apps',
  title: 'Application links',
  lists: { links: ['link to another product was found', 'links to other products were found'] },
  open: ({ snapshot, projects }) => ({
    *ask() {
      const moved = new Set(projects.map(({ sourceId }) => sourceId))
      const found = new Map<string, { links: number; at: string | null }>()
      for (const row of snapshot.rows('remoteLink')) {
        const name = row.applicationName || row.applicationType
        if (!name) continue
        const issue = snapshot.issue(row.issueId)
        if (!issue || !moved.has(issue.projectId)) continue
        const one = found.get(name) ?? { links: 0, at: originOf(row.url) }
        one.links += 1
        found.set(name, one)
        const detail = `${row.title ?? ''} ${row.url ?? ''}`.trim()
        yield {
          ...atIssue(issue.key, detail, `${name} on ${issue.key}`),
          list: 'links',
          partOf: name,
        }
      }
      for (const [name, { links, at }] of found)
        yield {
          subject: name,
          detail: `${plural(links, 'link', 'links')} of issues lead to it${at ? `, at ${at}` : ''}.`,
          path: '/plugins/servlet/applinks/listApplicationLinks',
          counts: [
            { at: 'rows', words: plural(links, 'link', 'links'), list: 'links', partOf: name },
          ],
        }
    },
    say: (places) =>
      places
        ? warn(
            `The moved issues link to ${plural(places, 'other product', 'other products')}; whether the site is linked to ${places === 1 ? 'it' : 'them'} cannot be read with an API token.`,
            'Link your other Atlassian products in Settings, Jira settings, Products, Application links; then accept this with a note.',
          )
        : fine('No moved issue links to another product.'),
  }),
}

const originOf = (url: string | null): string | null =>
  url && URL.canParse(url) ? new URL(url).origin : null
