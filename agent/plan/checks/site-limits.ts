import type { Promises } from '../../../shared/plan.ts'
import { fold } from '../names.ts'
import {
  type CheckOffender,
  type Counting,
  chosen,
  fine,
  noFiles,
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
  const types: { key: string; types: readonly string[] }[] = []
  const fields: { name: string; projectKeys: readonly string[] }[] = []
  const options: CheckOffender[] = []
  return {
    see({ kind, label, sourceId, promise, leftOut }) {
      if (kind === 'customField' && leftOut?.code === 'too-many-options')
        options.push(tooMany(label, sourceId, leftOut.text))
      if (leftOut) return
      if (kind === 'issueTypeScheme') {
        const { projectKey, issueTypes } = promise as Promises['issueTypeScheme']
        types.push({ key: projectKey, types: issueTypes })
      }
      if (kind === 'customField') {
        const { name, projectKeys } = promise as Promises['customField']
        fields.push({ name, projectKeys })
      }
    },
    *offenders({ site }) {
      yield* options
      for (const one of types)
        if (one.types.length > typesAProject) yield* typesOf(one.key, one.types)
      yield* fieldsOf(
        site.more.fields.filter(({ id }) => id.startsWith('customfield_')),
        fields,
      )
    },
  }
}

function tooMany(label: string, field: string, detail: string): CheckOffender {
  const words = /it has [\d,]+/.exec(detail)?.[0]
  if (words === undefined) return { subject: label, detail }
  const counts = [{ at: 'source', words, list: 'fieldOption', field }] as const
  return { subject: label, detail, counts }
}

function* typesOf(key: string, types: readonly string[]): Generator<CheckOffender> {
  const words = plural(types.length, 'issue type', 'issue types')
  const own = { projectKey: key, list: 'types', partOf: key }
  yield {
    ...{ subject: key, projectKey: key },
    detail: `${words}; a project on the site takes ${number(typesAProject)}.`,
    counts: [{ at: 'rows', words, list: 'types', partOf: key }],
  }
  for (const name of types) yield { subject: name, detail: 'Issue type.', ...own }
}

/** Projects that would have too many fields: those of the site, which all projects have, and new ones. */
function* fieldsOf(
  there: readonly { name: string }[],
  fields: readonly { name: string; projectKeys: readonly string[] }[],
): Generator<CheckOffender> {
  const names = new Set(there.map(({ name }) => fold(name)))
  const added = new Map<string, string[]>()
  for (const { name, projectKeys } of fields)
    if (!names.has(fold(name)))
      for (const key of projectKeys) {
        const own = added.get(key) ?? []
        own.push(name)
        added.set(key, own)
      }
  const over = [...added].filter(([, own]) => own.length + there.length > fieldsAProject)
  for (const [key, own] of over) {
    const fresh = `${number(own.length)} new`
    const before = `${number(there.length)} on the site already`
    yield {
      ...{ subject: key, projectKey: key },
      detail: `${plural(own.length + there.length, 'custom field', 'custom fields')}: ${fresh}, ${before}; a project on the site takes ${number(fieldsAProject)}.`,
      counts: [
        { at: 'rows', words: fresh, list: 'newFields', partOf: key },
        { at: 'rows', words: before, list: 'siteFields', partOf: 'site' },
      ],
    }
    for (const name of own)
      yield { subject: name, projectKey: key, detail: 'New.', list: 'newFields', partOf: key }
  }
  if (over.length > 0)
    for (const { name } of there)
      yield { subject: name, detail: 'On the site already.', list: 'siteFields', partOf: 'site' }
}

export const siteLimits = siteCheck({
  key: 'site-limits',
  group: 'site',
  title: 'Limits of the site',
  worst: 'warning',
  canOverride: true,
  count,
  *ask(context): Generator<CheckOffender> {
    if (context.site.facts.uploadLimit !== 0 || noFiles(context)) return
    for (const { id, key } of chosen(context)) {
      const files = context.snapshot.countOf('attachment', id)
      const words = plural(files, 'file', 'files')
      if (files > 0)
        yield {
          ...{ subject: key, projectKey: key },
          detail: `${words}; the site takes none at all (Settings, System, Attachments).`,
          counts: [{ at: 'source', words, list: 'attachment', project: key }],
        }
    }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'project or field goes', 'projects and fields go')} over a limit of the site.`,
          'What is over a limit is refused or left out: tidy it at the source, or on the site, before the run.',
        )
      : fine(
          'No project goes over the limits of the site: 150 issue types, 700 custom fields, 10,000 options a field.',
        ),
})
