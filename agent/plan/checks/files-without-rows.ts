import type { SnapshotReader } from '../../../shared/record.ts'
import { type CheckOffender, check, fine, isLive, notAsked, number, plural, warn } from './check.ts'

/** Files that no row of the source speaks of: left by deleted issues, or the sign of a backup from another day. */
export const filesWithoutRows = check({
  key: 'files-without-rows',
  group: 'files',
  title: 'Files that no attachment speaks of',
  worst: 'warning',
  canOverride: true,
  lists: { looked: ['file in the folder was looked at', 'files in the folder were looked at'] },
  async *ask({ snapshot, files }): AsyncGenerator<CheckOffender> {
    if (!files) return
    const current = new Map<string, string>()
    for (const { key, originalKey } of snapshot.rows('project')) current.set(originalKey, key)
    let name = ''
    let ids = new Set<string>()
    for await (const file of files()) {
      if (name !== file.issueFolder) {
        name = file.issueFolder
        ids = attachmentsOf(snapshot, name, current)
      }
      yield { subject: file.path, detail: file.issueFolder, list: 'looked' }
      if (!ids.has(file.attachmentId))
        yield {
          subject: file.path,
          detail: `No attachment ${file.attachmentId} on ${file.issueFolder}.`,
        }
    }
  },
  say: (n, context, rowsOf) => {
    if (isLive(context))
      return notAsked(
        'A live source shows only files that belong to an attachment: others cannot be seen through it.',
        'Nothing of a run depends on them. A backup with its attachments folder shows them.',
      )
    if (!context.files)
      return notAsked(
        'No folder with files was given, so none was looked at.',
        "Name the attachments folder of Jira's home (data/attachments).",
      )
    if (rowsOf('looked') === 0 && context.snapshot.count('attachment') === 0)
      return fine("The source has no attachment, and the folder no file in the layout of Jira's.")
    if (rowsOf('looked') === 0)
      return notAsked(
        "The folder holds no file in the layout of Jira's attachments, so none was looked at.",
        "Name data/attachments of Jira's home: it has a folder for each project.",
      )
    return n
      ? warn(
          `${plural(n, 'file in the folder belongs', 'files in the folder belong')} to no attachment of the source; they are not sent.`,
          'Files of deleted issues are no matter; many of them mean that folder and backup are of different days.',
        )
      : fine(
          rowsOf('looked') === 1
            ? 'The 1 file in the folder belongs to an attachment.'
            : `All ${number(rowsOf('looked'))} files in the folder belong to attachments.`,
        )
  },
})

/** The attachment ids of the issue that a folder is named after: by its key now, or that of its project at first. */
function attachmentsOf(
  snapshot: SnapshotReader,
  folder: string,
  current: ReadonlyMap<string, string>,
): Set<string> {
  const dash = folder.lastIndexOf('-')
  const now = current.get(folder.slice(0, dash))
  const issue =
    (now ? snapshot.issueByKey(now + folder.slice(dash)) : null) ?? snapshot.issueByKey(folder)
  return new Set(issue ? snapshot.ofIssues('attachment', [issue.id]).map((row) => row.id) : [])
}
