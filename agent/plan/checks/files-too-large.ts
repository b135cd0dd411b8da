import { bytes, fine, plural, siteCheck, warn } from './check.ts'

export const filesTooLarge = siteCheck({
  key: 'files-too-large',
  group: 'files',
  title: "Files over the site's limit",
  canOverride: true,
  watch: (item) =>
    item.kind === 'attachment' && item.leftOut?.code === 'file-too-large'
      ? { subject: item.label, projectKey: item.projectKey, detail: item.leftOut.text }
      : null,
  say: (n, { site }) =>
    n
      ? warn(
          `${plural(n, 'file is', 'files are')} larger than the ${bytes(site.facts.uploadLimit)} that the site takes; they are left out.`,
          "Raise the site's limit (Settings, System, Attachments), or move them by hand.",
        )
      : fine(`No file is larger than the ${bytes(site.facts.uploadLimit)} that the site takes.`),
})
