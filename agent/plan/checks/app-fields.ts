import { check, fine, plural, warn } from './check.ts'

/** The plan's reason for a field whose type no field of the site can have names the app that brought it. */
const ofApp = /^field-of-app:/

export const appFields = check({
  key: 'app-fields',
  group: 'apps',
  title: 'Fields that apps brought',
  worst: 'warning',
  canOverride: true,
  watch: (item) =>
    item.kind === 'customField' && item.leftOut && ofApp.test(item.leftOut.code)
      ? { subject: item.label, detail: item.leftOut.text }
      : null,
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'field belongs', 'fields belong')} to an app: the site has no such field unless the app is there.`,
          'Ask the vendor how its Cloud app takes the values over; they stay in the snapshot.',
        )
      : fine('No field was brought by an app.'),
})
