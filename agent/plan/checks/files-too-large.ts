import { attachmentsOf, bytes, fine, noFiles, notAsked, plural, siteCheck, warn } from './check.ts'

export const filesTooLarge = siteCheck({
  key: 'files-too-large',
  group: 'files',
  title: "Files over the site's limit",
  worst: 'warning',
  canOverride: true,
  watch: (item) =>
    item.kind === 'attachment' && item.leftOut?.code === 'file-too-large'
      ? { subject: item.label, projectKey: item.projectKey, detail: item.leftOut.text }
      : null,
  say(n, context) {
    const limit = bytes(context.site.facts.uploadLimit)
    if (n)
      return warn(
        `${plural(n, 'file is larger', 'files are larger')} than the ${limit} that the site takes; ${n === 1 ? 'it is' : 'they are'} left out.`,
        "Raise the site's limit (Settings, System, Attachments), or move them by hand.",
      )
    const none = noFiles(context)
    if (none) return none
    if (!context.options.findFile && attachmentsOf(context))
      return notAsked(
        'No folder with files was given, so no file was measured.',
        "Name the attachments folder of Jira's home (data/attachments).",
      )
    return fine(`No file that is to move is larger than the ${limit} that the site takes.`)
  },
})
