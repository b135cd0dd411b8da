import { appsOf } from '../../ledger/apps.ts'
import { type AfterCheck, fine, plural, warn } from '../check.ts'

/** Apps that left data in the source: to be installed on the site, and their data brought there. */
export const apps: AfterCheck = {
  key: 'apps',
  group: 'apps',
  title: 'Apps to set up',
  open: ({ db, migrationId }) => ({
    async *ask() {
      for (const { name, key, decision, status, path } of await appsOf(db, migrationId)) {
        if (decision === 'not needed') continue
        const data =
          decision === null
            ? 'Nobody has decided about its data.'
            : path === ''
              ? 'No automated path moves its data.'
              : `Its data: ${status}.`
        yield {
          subject: name,
          detail: `${data}${name === key ? '' : ` Its key is ${key}.`}`,
          path: `https://marketplace.atlassian.com/search?${new URLSearchParams({ query: name })}`,
        }
      }
    },
    say: (places) =>
      places
        ? warn(
            `${plural(places, 'app', 'apps')} of the source left data; which apps the site has cannot be read with an API token.`,
            'Install the apps that you wish to use, bring their data under Apps, then accept this with a note.',
          )
        : fine('No app that is needed left data in the source.'),
  }),
}
