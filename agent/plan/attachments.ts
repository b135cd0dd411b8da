import type { AttachmentRow, IssueRow } from '../../shared/issue-rows.ts'
import type { AdfNode, PlannedItem, Reason } from '../../shared/plan.ts'
import type { ProjectRow } from '../../shared/rows.ts'
import { cleanText, doc, headerLine, paragraph, text, textLimit } from './adf.ts'
import type { Context } from './context.ts'
import { leftOut, moved, reason } from './item.ts'
import { cut } from './names.ts'
import { noteFor } from './notes.ts'
import type { Match } from './on-site.ts'
import { nameLeftOut } from './people.ts'
import { splitDoc } from './split.ts'

/** An issue's files, then a note of who attached each of them and when: the site cannot be told. */
export function* planAttachments(
  context: Context,
  project: ProjectRow,
  keys: string[],
  issue: IssueRow,
  rows: readonly AttachmentRow[],
  match: Match | null = null,
): Generator<PlannedItem> {
  const sent: AttachmentRow[] = []
  for (const row of rows) {
    const item = planAttachment(context, project, keys, issue, row, match)
    if (!item.leftOut) sent.push(row)
    yield item
  }
  if (sent.length === 0) return
  const items = sent.map((row): AdfNode => {
    const by = context.people.of(row.author)?.displayName ?? 'Anonymous'
    const when = context.times.person(row.created)
    const line = [by, when].filter(Boolean).join(', ')
    const name = text(cleanText(row.filename) || '(no name)', 'strong')
    return { type: 'listItem', content: [paragraph(name, text(`: ${line}`))] }
  })
  const list: AdfNode = { type: 'bulletList', content: items }
  const parts = splitDoc(doc([headerLine('Attached at the source by'), list]), textLimit)
  for (const [i, body] of parts.entries())
    yield noteFor(context, issue, `attachments/${i + 1}`, body, { phase: 'files' })
}

function planAttachment(
  context: Context,
  project: ProjectRow,
  keys: string[],
  issue: IssueRow,
  row: AttachmentRow,
  match: Match | null,
): PlannedItem {
  const { options, site } = context
  const place = {
    sourceId: row.id,
    label: `${row.filename} on ${issue.key}`,
    projectKey: project.key,
    issueKey: issue.key,
    phase: 'files' as const,
  }
  const out = (code: string, why: string) => leftOut('attachment', place, reason(code, why))
  if (options.scope?.attachments === 'without')
    return out('not-in-scope', 'You chose to move no attachments.')
  if (match && 'why' in match) return leftOut('attachment', place, match.why)
  if (!options.findFile)
    return out('no-attachments-folder', 'No folder with attachments was given with the backup.')
  const file = options.findFile({
    attachmentId: row.id,
    filename: row.filename,
    size: row.size,
    projectOriginalKey: project.originalKey,
    projectKeys: keys,
    number: issue.number,
    issueKey: issue.key,
  })
  if (!file) return out('file-missing', 'The attachments folder has no file for it.')
  if (file.size > site.uploadLimit)
    return out(
      'file-too-large',
      `The file has ${file.size} bytes, the site takes ${site.uploadLimit}. Raise the site's limit or move it by hand.`,
    )
  const losses: Reason[] = []
  if (context.people.of(row.author)?.leftOut) losses.push(nameLeftOut('Who attached it'))
  if (row.size !== null && row.size !== file.size)
    losses.push(
      reason('size-differs', `The source says ${row.size} bytes, its file has ${file.size}.`),
    )
  const filename = siteName(row.filename)
  if (filename !== row.filename)
    losses.push(reason('file-renamed', `The site does not take this name; it is "${filename}".`))
  const { size, path } = file
  const there =
    match?.files.findIndex((one) => one.filename === filename && one.size === size) ?? -1
  if (match && there >= 0) {
    match.files.splice(there, 1)
    return out('file-there', `The issue on the site has a file "${filename}" of this size already.`)
  }
  return moved(
    'attachment',
    place,
    { issueKey: issue.key, filename, size, mimetype: row.mimetype, path },
    losses,
  )
}

/** No path, no line break, no more than Jira's 255 characters; the ending stays. */
function siteName(filename: string): string {
  const clean = cleanText(filename)
    .replace(/[\n\t]+/g, ' ')
    .replace(/[/\\]/g, '_')
  if (clean.length <= 255) return clean || 'file'
  const ending = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? ''
  return cut(clean, 255 - ending.length) + ending
}
