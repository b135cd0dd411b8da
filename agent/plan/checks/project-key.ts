import { check, fine, plural, warn } from './check.ts'

export const projectKey = check({
  key: 'project-key',
  group: 'projects',
  title: 'Project keys that the site does not take',
  worst: 'error',
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
