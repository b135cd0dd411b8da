/** Words of a verification where those of a migration would say that something moved. */
import type { MissingPart, Purpose } from '../shared/setup.ts'
import type { MigrationStatus } from '../shared/status.ts'
import { statusWords } from './words.ts'
import { actWords, type Deed, deleteWords, runAgain, stopWords } from './words-acts.ts'

/** What of a migration says which words are its own. */
interface Worded {
  status: MigrationStatus
  setup?: { purpose: Purpose; missing?: readonly MissingPart[] } | undefined
}

export const verifies = (row: Pick<Worded, 'setup'>): boolean => row.setup?.purpose === 'verify'

const verification: Record<MigrationStatus, string> = {
  saved: 'Your verification is saved and ready to run.',
  running: 'The site is being read and compared with the source. Nothing is written to the site.',
  finished: 'Everything that could be compared is equal. Nothing was written to the site.',
  incomplete:
    'The verification has ended, but something differs, is missing or could not be read, or it was stopped. Nothing was written to the site; verify again once it is fixed.',
  failed:
    'The verification could not go on, and says why. Nothing was written to the site; verify again once it is fixed.',
}

const partWords: Record<MissingPart, string> = {
  source: 'the source',
  sourceToken: 'the source’s token',
  site: 'the site',
  token: 'the site’s token',
}
/** What a setup lacks, in one phrase. */
export const lackWords = (missing: readonly MissingPart[]): string =>
  missing.map((part) => partWords[part]).join(', ')

/** A status and what it means for this migration. */
export function statusOf(row: Worded): { word: string; meaning: string } {
  const { word, meaning } = statusWords[row.status]
  const missing = row.status === 'saved' ? (row.setup?.missing ?? []) : []
  if (missing.length > 0)
    return { word, meaning: `It is saved. To be run it still lacks ${lackWords(missing)}.` }
  return { word, meaning: verifies(row) ? verification[row.status] : meaning }
}

/** Of a run that nobody can see just now: Was running. */
export const wasWords = (word: string): string => `Was ${word.toLowerCase()}`

/** What a button says that does this. @param again whether it was run before */
export function deedWord(row: Pick<Worded, 'setup'>, deed: Deed, again: boolean): string {
  if (deed !== 'run') return actWords[deed]
  if (verifies(row)) return again ? 'Verify again' : 'Verify'
  return again ? runAgain : actWords.run
}

/** The questions before a stop and a delete. */
export function questionWords(row: Pick<Worded, 'setup'>): {
  stop: Omit<typeof stopWords, 'text'> & { text: (site: string) => string }
  delete: Pick<typeof deleteWords, 'title' | 'plan' | 'ran' | 'typed' | 'word' | 'yes' | 'no'>
} {
  if (!verifies(row)) return { stop: stopWords, delete: deleteWords }
  return {
    stop: {
      ...stopWords,
      text: (site) =>
        `The issues under way are compared, then nothing more is read from ${site}. What was compared keeps its verdict. The verification becomes ${statusWords.incomplete.word.toLowerCase()}; verifying again goes on where it stopped.`,
      yes: 'Stop verifying',
      no: 'Keep verifying',
    },
    delete: {
      ...deleteWords,
      plan: 'The saved verification goes. It has never run.',
      ran: (site) =>
        `The verification, its verdicts, findings and log go from this machine; this cannot be undone. Nothing changes on ${site}. Download the report first.`,
    },
  }
}

export const toDetailWord = (purpose: Purpose | undefined): string =>
  purpose === 'verify' ? 'To the verification' : 'To the migration'

export const titleOf = (purpose: Purpose): string =>
  purpose === 'verify' ? 'New verification' : 'New migration'

/** The tab of what is moved or, of a verification, compared. */
export const includesTab = (row: Pick<Worded, 'setup'>): string =>
  verifies(row) ? 'This verification includes' : 'This migration includes'
