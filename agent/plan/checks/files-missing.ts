import {
  attachmentsOf,
  bytes,
  type CheckContext,
  type CheckOffender,
  check,
  chosen,
  fine,
  isLive,
  noFiles,
  notAsked,
  number,
  plural,
  warn,
} from './check.ts'

/** So many issues are asked for their attachments at once. */
const issuesAPage = 500

/** The attachments of the projects that are to move, an issue after the other. */
function* listed(context: CheckContext): Generator<CheckOffender> {
  const { snapshot } = context
  for (const { id, key: projectKey } of chosen(context))
    for (let after = -1; ; ) {
      const issues = snapshot.issues(id, after, issuesAPage)
      const keys = new Map(issues.map((issue) => [issue.id, issue.key]))
      for (const { issueId, filename, size } of snapshot.ofIssues('attachment', [...keys.keys()]))
        yield {
          subject: filename,
          projectKey,
          detail: `${keys.get(issueId)}${size === null ? '' : `, ${bytes(size)}`}`,
          list: 'attachments',
        }
      const last = issues.at(-1)
      if (!last) break
      after = last.number
    }
}

export const filesMissing = check({
  key: 'files-missing',
  group: 'files',
  title: 'Attachments without their file',
  worst: 'warning',
  canOverride: true,
  lists: { attachments: ['attachment is to move', 'attachments are to move'] },
  *ask(context) {
    if (!noFiles(context)) yield* listed(context)
  },
  watch: (item) =>
    item.kind === 'attachment' && item.leftOut?.code === 'file-missing'
      ? {
          subject: item.label,
          projectKey: item.projectKey,
          detail: `Attachment ${item.sourceId} has no file in the folder.`,
        }
      : null,
  say(n, context) {
    const rows = attachmentsOf(context)
    if (!rows) return fine('The source has no attachments that are to move.')
    const none = noFiles(context)
    if (none) return none
    if (isLive(context))
      return notAsked(
        `A live source gives its ${plural(rows, 'file', 'files')} one by one: whether one is missing shows when it is fetched.`,
        'Each is compared with its size when it is sent; one that is missing is counted as failed, with the reason.',
      )
    if (!context.options.findFile)
      return warn(
        `The source has ${plural(rows, 'attachment', 'attachments')}, but no folder with files was given: ${rows === 1 ? 'it is' : 'all are'} left out.`,
        "Name the attachments folder of Jira's home (data/attachments).",
      )
    return n
      ? warn(
          `${number(n)} of ${plural(rows, 'attachment', 'attachments')} ${n === 1 ? 'has no file in the folder; it is' : 'have no file in the folder; they are'} left out.`,
          'Look whether the folder is the right and whole one, of the same day as the backup.',
        )
      : fine(`The folder has the file of every attachment (${number(rows)}).`)
  },
})
