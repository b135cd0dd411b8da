import { block, fine, plural, siteCheck } from './check.ts'

/** The rule "stop" says: do not move while the site has such a name. So a run stops here, not half way. */
export const stoppedNames = siteCheck({
  key: 'stopped-names',
  group: 'projects',
  title: 'Names to stop at',
  worst: 'error',
  canOverride: false,
  watch: (item) =>
    item.leftOut?.code === 'stopped-by-name' && (item.kind === 'project' || !item.projectKey)
      ? { subject: item.label, projectKey: item.projectKey, detail: item.leftOut.text }
      : null,
  say: (n) =>
    n
      ? block(
          `${plural(n, 'item has a name', 'items have names')} that the site has already, or needs one, and you chose to stop at those.`,
          'Choose to reuse or to rename them in the setup, or rename them on one of the two sides.',
        )
      : fine('Nothing meets a name at which you chose to stop.'),
})
