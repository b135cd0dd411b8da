import { readPeople } from '../people.ts'
import { block, type CheckOffender, check, chosen, fine, plural, siteCheck, warn } from './check.ts'

export const projectTaken = siteCheck({
  key: 'project-taken',
  group: 'projects',
  title: 'Project keys and names that are taken',
  // Without the project nothing is written into the other one: all of it is counted as left out.
  canOverride: true,
  watch: (item) =>
    item.kind === 'project' && item.leftOut?.code === 'project-taken'
      ? { subject: item.label, projectKey: item.projectKey, detail: item.leftOut.text }
      : null,
  say: (n) =>
    n
      ? block(
          `The site already has ${plural(n, 'project', 'projects')} with the key or name of one that is to move.`,
          'Rename or delete that project on the site for good (also from the trash), or leave it out of the scope. Overridden, these projects are left out and counted so.',
        )
      : fine('No key and no name of a project is taken on the site.'),
})

export const projectKey = check({
  key: 'project-key',
  group: 'projects',
  title: 'Project keys that the site does not take',
  canOverride: true,
  watch: (item) =>
    item.kind === 'project' &&
    (item.leftOut?.code === 'key-not-allowed' || item.leftOut?.code === 'key-twice')
      ? { subject: item.label, projectKey: item.projectKey, detail: item.leftOut.text }
      : null,
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'project has a key', 'projects have keys')} that Jira Cloud does not take: left out with all that belongs to it.`,
          'Change the key at the source (2 to 10 capital letters and digits, a letter first) and make a new backup.',
        )
      : fine('Jira Cloud takes the keys of all projects.'),
})

export const scopeMissing = check({
  key: 'scope',
  group: 'projects',
  title: 'Chosen projects that the source does not have',
  canOverride: true,
  *ask(context): Generator<CheckOffender> {
    const there = new Set([...chosen(context)].map((row) => row.key))
    for (const key of context.options.projects ?? [])
      if (!there.has(key))
        yield { subject: key, detail: 'The source has no project with this key.' }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'chosen project is', 'chosen projects are')} not in the source.`,
          'Look for a spelling mistake, or for a key that was changed.',
        )
      : fine('All chosen projects are in the source.'),
})

export const projectLead = siteCheck({
  key: 'project-lead',
  group: 'projects',
  title: 'Projects whose lead has no account',
  canOverride: true,
  *ask(context): Generator<CheckOffender> {
    const { snapshot, site } = context
    const people = readPeople(snapshot, site.facts)
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

export const workflows = check({
  key: 'workflows',
  group: 'projects',
  title: 'Workflows that are simplified',
  canOverride: true,
  *ask(context): Generator<CheckOffender> {
    for (const row of chosen(context))
      yield {
        subject: `${row.key} ${row.name}`,
        projectKey: row.key,
        detail:
          'Gets a simple workflow with the same statuses, from each of which every other can be reached.',
      }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'project loses', 'projects lose')} the conditions, validators, post functions and screens of their workflows; statuses are kept.`,
          'Build what people need again on the site afterwards; no issue is changed by that.',
        )
      : fine('No project has a workflow to simplify.'),
})
