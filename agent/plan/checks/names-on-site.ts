import type { Named } from '../names.ts'
import { matchNames } from '../names.ts'
import { type CheckOffender, fine, plural, siteCheck, type WithSite, warn } from './check.ts'

/** How one of Jira's shared lists meets that of the site, by name. */
interface List {
  key: string
  title: string
  /** "issue type", "issue types" */
  words: readonly [string, string]
  match(context: WithSite): {
    names: Map<string, Named<{ name: string }>>
    rows: { id: string; name: string }[]
  }
}

/** The name limits of catalog.ts. */
const short = 60

const lists: readonly List[] = [
  {
    key: 'issue-types',
    title: 'Issue types by name',
    words: ['issue type', 'issue types'],
    match({ snapshot, site }) {
      const rows = [...snapshot.rows('issueType')]
      const names = matchNames('issue type', rows, site.facts.issueTypes, short, (row, other) =>
        Boolean(row.subtask) === Boolean(other.subtask)
          ? null
          : row.subtask
            ? 'sub-task'
            : 'standard',
      )
      return { rows, names }
    },
  },
  {
    key: 'statuses',
    title: 'Statuses by name',
    words: ['status', 'statuses'],
    match({ snapshot, site }) {
      const rows = [...snapshot.rows('status')]
      return { rows, names: matchNames('status', rows, site.facts.statuses, short) }
    },
  },
  {
    key: 'priorities',
    title: 'Priorities by name',
    words: ['priority', 'priorities'],
    match({ snapshot, site }) {
      const rows = [...snapshot.rows('priority')]
      return { rows, names: matchNames('priority', rows, site.facts.priorities, short) }
    },
  },
  {
    key: 'link-types',
    title: 'Link types by name',
    words: ['link type', 'link types'],
    match({ snapshot, site }) {
      const rows = [...snapshot.rows('linkType')]
      return { rows, names: matchNames('link type', rows, site.facts.linkTypes, 255) }
    },
  },
]

/** One check a list: what the site has under the same name is used, the rest is made; renamed ones are named. */
export const namesOnSite = lists.map(({ key, title, words, match }) =>
  siteCheck({
    key,
    group: 'issues',
    title,
    canOverride: true,
    *ask(context): Generator<CheckOffender> {
      const { rows, names } = match(context)
      for (const row of rows)
        for (const loss of names.get(row.id)?.losses ?? [])
          yield { subject: row.name, detail: loss.text }
    },
    say(n, context) {
      const found = [...match(context).names.values()]
      const reused = found.filter((one) => one.reused).length
      if (!found.length) return fine(`The source has no ${words[1]}.`)
      const plan = `${plural(reused, `${words[0]} is`, `${words[1]} are`)} on the site already and used, ${plural(found.length - reused, 'other is', 'others are')} new.`
      return n
        ? warn(
            `${plan} ${plural(n, 'name is', 'names are')} changed.`,
            'Rename them at the source or on the site where the new names would confuse.',
          )
        : fine(plan)
    },
  }),
)
