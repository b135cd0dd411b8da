import { check, fine, number, plural, warn } from './check.ts'

export const filesMissing = check({
  key: 'files-missing',
  group: 'files',
  title: 'Attachments without their file',
  canOverride: true,
  watch: (item) =>
    item.kind === 'attachment' && item.leftOut?.code === 'file-missing'
      ? {
          subject: item.label,
          projectKey: item.projectKey,
          detail: `Attachment ${item.sourceId} has no file in the folder.`,
        }
      : null,
  say(n, { snapshot, options }) {
    const rows = snapshot.count('attachment')
    if (!options.findFile && rows)
      return warn(
        `The source has ${plural(rows, 'attachment', 'attachments')}, but no folder with files was given: all are left out.`,
        "Name the attachments folder of Jira's home (data/attachments).",
      )
    if (!rows) return fine('The source has no attachments.')
    if (snapshot.info().sourceKind === 'datacenter')
      return fine(
        `The source gives its files itself (${number(rows)}); each is fetched and compared with its size when it is sent.`,
      )
    return n
      ? warn(
          `${number(n)} of ${plural(rows, 'attachment', 'attachments')} have no file in the folder; they are left out.`,
          'Look whether the folder is the right and whole one, of the same day as the backup.',
        )
      : fine(`The folder has the file of every attachment (${number(rows)}).`)
  },
})
