import { block, check, fine, plural } from './check.ts'

export const projectKey = check({
  key: 'project-key',
  group: 'projects',
  title: 'Project keys that the site does not take',
  worst: 'error',
  // Nothing is lost by setting it aside: the project stays at the source, and all of it is counted as left out.
  canOverride: true,
  watch: (item) =>
    item.kind === 'project' &&
    (item.leftOut?.code === 'key-not-allowed' || item.leftOut?.code === 'key-twice')
      ? { subject: item.label, projectKey: item.projectKey, detail: item.leftOut.text }
      : null,
  say: (n) =>
    n
      ? block(
          `${plural(n, 'project has a key', 'projects have keys')} that Jira Cloud does not take: ${n === 1 ? 'it would be' : 'they would be'} left out with all that belongs to ${n === 1 ? 'it' : 'them'}.`,
          'Change the key at the source (2 to 10 capital letters and digits, a letter first) and read it again, or leave the project out of the scope. Overridden, it is left out and counted so.',
        )
      : fine('Jira Cloud takes the keys of all projects.'),
})
