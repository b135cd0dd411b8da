import type { Promises } from '../../../shared/plan.ts'
import { fold } from '../names.ts'
import {
  attachmentsOf,
  type CheckOffender,
  type Counting,
  fine,
  number,
  plural,
  siteCheck,
  type WithSite,
  warn,
} from './check.ts'

/**
 * Jira Cloud's limits since March 2026: 700 fields and 150 issue types a project (support.atlassian.com,
 * "Data limits and guardrails"). That of options is the plan's own.
 */
const fieldsAProject = 700
const typesAProject = 150

/** What the plan makes for each project; one list of projects stands for many fields, and is kept once. */
function count(): Counting<WithSite> {
  const types: { key: string; types: number }[] = []
  const fields: { name: string; projectKeys: readonly string[] }[] = []
  const lists: CheckOffender[] = []
  return {
    see({ kind, label, promise, leftOut }) {
      if (kind === 'customField' && leftOut?.code === 'too-many-options')
        lists.push({ subject: label, detail: leftOut.text })
      if (leftOut) return
      if (kind === 'issueTypeScheme') {
        const { projectKey, issueTypes } = promise as Promises['issueTypeScheme']
        types.push({ key: projectKey, types: issueTypes.length })
      }
      if (kind === 'customField') {
        const { name, projectKeys } = promise as Promises['customField']
        fields.push({ name, projectKeys })
      }
    },
    *offenders({ site }) {
      yield* lists
      for (const { key, types: n } of types)
        if (n > typesAProject)
          yield {
            subject: key,
            projectKey: key,
            detail: `${plural(n, 'issue type', 'issue types')}; a project on the site takes ${number(typesAProject)}.`,
          }
      const there = site.more.fields.filter(({ id }) => id.startsWith('customfield_'))
      const names = new Set(there.map(({ name }) => fold(name)))
      const added = new Map<string, number>()
      for (const { name, projectKeys } of fields)
        if (!names.has(fold(name)))
          for (const key of projectKeys) added.set(key, (added.get(key) ?? 0) + 1)
      for (const [key, n] of added)
        if (n + there.length > fieldsAProject)
          yield {
            subject: key,
            projectKey: key,
            detail: `${plural(n + there.length, 'custom field', 'custom fields')}: ${number(n)} new, ${number(there.length)} on the site already; a project on the site takes ${number(fieldsAProject)}.`,
          }
    },
  }
}

export const siteLimits = siteCheck({
  key: 'site-limits',
  group: 'site',
  title: 'Limits of the site',
  worst: 'warning',
  canOverride: true,
  count,
  *ask(context): Generator<CheckOffender> {
    const files = attachmentsOf(context)
    if (context.site.facts.uploadLimit === 0 && files)
      yield {
        subject: 'Files',
        detail: `${plural(files, 'file', 'files')}; the site takes none at all (Settings, System, Attachments).`,
      }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'limit', 'limits')} of the site would be passed.`,
          'What is over a limit is refused or left out: tidy it at the source, or on the site, before the run.',
        )
      : fine(
          'No project goes over the limits of the site: 150 issue types, 700 custom fields, 10,000 options a field.',
        ),
})
