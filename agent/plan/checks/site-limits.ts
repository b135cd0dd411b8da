import { type CheckOffender, chosen, fine, number, siteCheck, warn } from './check.ts'

/**
 * Jira Cloud's limits: 10,000 options a field (REST documentation of field options), and since March 2026
 * 700 fields and 150 issue types a project (support.atlassian.com, "Data limits and guardrails").
 */
const optionsAField = 10_000
const customFields = 700
const typesAProject = 150

export const siteLimits = siteCheck({
  key: 'site-limits',
  group: 'site',
  title: 'Limits of the site',
  worst: 'warning',
  canOverride: true,
  *ask(context): Generator<CheckOffender> {
    const { snapshot, site } = context
    const own = snapshot.count('customField')
    if (own > customFields)
      yield {
        subject: 'Custom fields',
        detail: `${number(own)} in the source; a project on the site takes ${customFields}.`,
      }
    const options = new Map<string, number>()
    for (const { fieldId } of snapshot.rows('fieldOption'))
      options.set(fieldId, (options.get(fieldId) ?? 0) + 1)
    for (const field of snapshot.rows('customField')) {
      const n = options.get(field.id) ?? 0
      if (n > optionsAField)
        yield {
          subject: field.name,
          detail: `${number(n)} options; the site takes ${number(optionsAField)} a field.`,
        }
    }
    const types = snapshot.count('issueType')
    if (types > typesAProject && [...chosen(context)].length)
      yield {
        subject: 'Issue types',
        detail: `${number(types)} in the source; a project on the site takes ${typesAProject}.`,
      }
    if (site.facts.uploadLimit === 0 && snapshot.count('attachment'))
      yield { subject: 'Files', detail: 'The site takes no files at all.' }
  },
  say: (n) =>
    n
      ? warn(
          'The source goes over limits of the site.',
          'What is over them is left out or slow; tidy it at the source first.',
        )
      : fine('Nothing in the source goes over the limits of the site.'),
})
