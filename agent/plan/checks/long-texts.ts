import { check, fine, plural, warn } from './check.ts'

/** Texts that the plan parts because the site does not take them whole, those of custom fields too. */
export const longTexts = check({
  key: 'long-texts',
  group: 'issues',
  title: 'Texts over 32,767 characters',
  worst: 'warning',
  canOverride: true,
  watch({ label, losses, projectKey }) {
    const found = losses.filter(({ code }) => code === 'text-split')
    if (!found.length) return null
    return { subject: label, projectKey, detail: found.map(({ text }) => text).join(' ') }
  },
  say: (n) =>
    n
      ? warn(
          `${plural(n, 'item has a text that is', 'items have texts that are')} longer than the site takes; the rest of each stands in comments.`,
          'Nothing to do, unless you want such a text as a file: then attach it at the source.',
        )
      : fine('No text is longer than the site takes.'),
})
