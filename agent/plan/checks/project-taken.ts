import { block, fine, plural, siteCheck } from './check.ts'

export const projectTaken = siteCheck({
  key: 'project-taken',
  group: 'projects',
  title: 'Project keys and names that are taken',
  worst: 'error',
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
