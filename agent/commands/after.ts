import { createAfterAsker } from '../after-asker.ts'
import { afterRows, placesOf } from '../ledger/after.ts'
import type { LineParts } from '../line.ts'
import type { Output } from './output.ts'

/** A check after a migration, as the command line tells it. */
export interface AfterResult {
  key: string
  group: string
  title: string
  status: string
  sentence: string
  hint: string
  /** How many places there are, and the first of them; all are in after-places.csv of the report. */
  places: number
  where: { subject: string; project: string | null; detail: string; url: string | null }[]
}

/** So many places stand in the answer; a list of more is read in the report. */
const mostPlaces = 100
const tellEveryMs = 1_000

/** Asks every check after a migration and answers what they said. */
export async function askAfterwards(
  parts: LineParts,
  id: string,
  output: Output,
): Promise<AfterResult[]> {
  const asker = createAfterAsker(parts)
  const leave = () => void asker.leave()
  process.once('SIGINT', leave)
  process.once('SIGTERM', leave)
  let told = ''
  const ticker = setInterval(() => {
    const now = asker.progress(id)?.sentence ?? ''
    if (now !== told) output.say(now)
    told = now
  }, tellEveryMs)
  try {
    await asker.start(id, [])
    await asker.ended(id)
    const rows = await afterRows(parts.ledger.db, id)
    const results: AfterResult[] = []
    for (const { key, title, group } of asker.known) {
      const row = rows.get(key)
      if (!row) continue
      const { status, sentence, hint, places } = row
      const where = (await placesOf(parts.ledger.db, id, key, 0, mostPlaces)).map(
        ({ subject, projectKey, detail, url }) => ({ subject, project: projectKey, detail, url }),
      )
      results.push({ key, group, title, status, sentence, hint, places, where })
    }
    return results
  } finally {
    clearInterval(ticker)
    process.off('SIGINT', leave)
    process.off('SIGTERM', leave)
  }
}

/** The same for a person, what needs a look first. */
export function afterText(results: readonly AfterResult[]): string {
  const found = results.filter(({ status }) => status !== 'success')
  const fine = results.length - found.length
  return [
    'Checks after the migration:',
    ...found.map(({ status, title, sentence }) => `  ${status}: ${title}. ${sentence}`),
    `  ${fine} of ${results.length} found nothing.`,
  ].join('\n')
}
