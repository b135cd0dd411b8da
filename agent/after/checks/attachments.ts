import type { SiteAttachment, SiteReading } from '../../cloud/reading.ts'
import { isOut, itemsOfIssues } from '../../ledger/after-items.ts'
import { differencesOf, type ItemRow, promiseOf } from '../../ledger/items.ts'
import { type AfterCheck, atIssue, brief, fault, plural } from '../check.ts'
import { leftOutOf, leftOutWords, sayBeside } from '../left-out.ts'

const what = ['file', 'files'] as const
/** Why a file was left out that another program may have had all the same. */
const elsewhere: ReadonlySet<string> = new Set(['no-attachments-folder', 'file-too-large'])

/** Files that are missing, that differ from the source's, and those that the site lists but does not give. */
export const attachments: AfterCheck = {
  key: 'attachments',
  group: 'files',
  ofFiles: true,
  title: 'Attachments missing, different or unopenable',
  lists: {
    looked: ['file was looked at', 'files were looked at'],
    there: ['file was on its issue already', 'files were on their issues already'],
    skipped: ['file was not looked at', 'files were not looked at'],
    leftOut: leftOutWords(...what),
  },
  open(context) {
    const { db, migrationId, read, snapshot, foreign } = context

    /** What the source says of the files of an issue that the ledger has as items, by the source's id. */
    function expected(issueId: string | null) {
      const rows = issueId === null ? [] : snapshot.ofIssues('attachment', [issueId])
      return new Map(rows.map((row) => [row.id, row]))
    }

    return {
      async *see(page) {
        const keys = page.issues.map(({ key }) => key)
        if (!keys.length) return
        const items = await itemsOfIssues(db, migrationId, keys, ['attachment'])
        const byIssue = Map.groupBy(items, (item) => item.issueKey ?? '')
        for (const issue of page.issues) {
          const row = page.source(issue.key)
          const all = byIssue.get(issue.key) ?? []
          if (!all.length) continue
          const rows = expected(row?.id ?? null)
          const free = new Map(issue.attachments.map((file) => [file.id, file]))
          for (const item of all) {
            const source = rows.get(item.sourceId)
            const out = isOut(item) && !(foreign && elsewhere.has(item.reasonCode ?? ''))
            if (item.reasonCode === 'file-there') {
              const why = item.reasonText ?? ''
              yield { ...atIssue(issue.key, why, `${item.label} on ${issue.key}`), list: 'there' }
              continue
            }
            // Those of Landfall's own plan are told below, with those of issues that are not there.
            if (out && !foreign) continue
            if (!source || out) {
              const why = item.reasonText ?? 'The source does not tell of this file.'
              yield { ...atIssue(issue.key, why, `${item.label} on ${issue.key}`), list: 'skipped' }
              continue
            }
            // What was promised is what lay on the disk, which the source's own row may not know.
            const { filename, size } = item.promiseJson ? promiseOf(item, 'attachment') : source
            const file = take(item, filename, size, free)
            const detail = file
              ? await wrong(read, item, filename, size, file)
              : 'The file is missing on the site.'
            const place = atIssue(issue.key, detail, `${filename} on ${issue.key}`)
            if (detail) yield place
            yield { ...place, detail: detail || asExpected(size), list: 'looked' }
          }
        }
      },
      async *ask() {
        yield* leftOutOf(context, 'attachment')
      },
      say(places, rowsOf) {
        const [looked, out, there] = [rowsOf('looked'), rowsOf('leftOut'), rowsOf('there')]
        const besides = there
          ? ` ${plural(there, 'file was on its issue before the run and was', 'files were on their issues before the run and were')} not sent again.`
          : ''
        return sayBeside(
          { places, out },
          {
            what,
            wrong: () =>
              fault(
                `${plural(places, 'file is', 'files are')} missing, different or cannot be opened, of ${plural(looked, 'file that was', 'files that were')} looked at.`,
                'Attach the original again: from the drawer on the issue, or by running the migration again.',
              ),
            rest:
              (looked
                ? `All ${plural(looked, 'file', 'files')} that ${looked === 1 ? 'was' : 'were'} moved are there, of the right size, and open.`
                : 'No file was moved.') + besides,
            hint: 'The list says why. Where files were not found, copy the migration, name the folder that holds them in the copy, and choose “Only attachments” at its step Scope; else accept it with a note.',
          },
        )
      },
    }
  },
}

const asExpected = (size: number | null): string =>
  size === null
    ? 'There, and opens.'
    : `There with its ${plural(size, 'byte', 'bytes')}, and opens.`

/** The site's file for an item: by the ledger's id, else by name and size, else by name. */
function take(
  item: ItemRow,
  filename: string,
  size: number | null,
  free: Map<string, SiteAttachment>,
): SiteAttachment | undefined {
  const all = [...free.values()]
  const file =
    free.get(item.siteId ?? '') ??
    all.find((one) => one.filename === filename && one.size === size) ??
    all.find((one) => one.filename === filename)
  if (file) free.delete(file.id)
  return file
}

/** What is wrong with a file that is there; '' where nothing is. */
async function wrong(
  read: Pick<SiteReading, 'content'>,
  item: ItemRow,
  filename: string,
  size: number | null,
  file: SiteAttachment,
): Promise<string> {
  if (file.filename !== filename) return `It is called "${brief(file.filename)}" on the site.`
  if (size !== null && file.size !== size)
    return `It has ${plural(file.size, 'byte', 'bytes')} on the site and ${plural(size, 'byte', 'bytes')} at the source.`
  // Verify has read every byte of what it calls verified or different.
  if (item.siteId === file.id && (item.verdict === 'verified' || item.verdict === 'different')) {
    const hash = differencesOf(item).find(({ field }) => field.startsWith('content'))
    return hash ? `Its content differs: SHA-256 ${hash.found} instead of ${hash.promised}.` : ''
  }
  return opens(read, file)
}

/** Whether the site gives the bytes; the first of them are enough, its hash is the verification's business. */
async function opens(read: Pick<SiteReading, 'content'>, file: SiteAttachment): Promise<string> {
  try {
    for await (const chunk of await read.content(file.id)) if (chunk.length) return ''
    return file.size === 0 ? '' : 'The site lists it, but gives an empty file.'
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    return `The site lists it, but does not give it: ${cause}`
  }
}
