import { readPeople } from '../people.ts'
import { type CheckOffender, chosen, fine, plural, siteCheck, warn } from './check.ts'

export const projectLead = siteCheck({
  key: 'project-lead',
  group: 'projects',
  title: 'Projects whose lead has no account',
  worst: 'warning',
  canOverride: true,
  *ask(context): Generator<CheckOffender> {
    const { snapshot, site, options } = context
    const people = readPeople(snapshot, site.facts, options.choices)
    for (const row of chosen(context)) {
      const lead = people.of(row.lead)
      if (lead?.accountId) continue
      yield {
        subject: `${row.key} ${row.name}`,
        projectKey: row.key,
        detail: lead
          ? `${lead.displayName} has no account on the site.`
          : 'The project has no lead.',
      }
    }
  },
  say: (n, { site }) =>
    n
      ? warn(
          `${plural(n, 'project has', 'projects have')} no lead with an account: ${site.facts.me.displayName} leads them instead.`,
          'Invite the lead to the site, or choose another one there afterwards.',
        )
      : fine('Every project has a lead with an account on the site.'),
})
