import type { LedgerDb } from '../ledger/open.ts'
import { type MappingsRead, strangersOf, verificationOf } from '../ledger/verification.ts'
import { strangerSentence } from '../report/strangers.ts'
import { notKeptWords } from '../verify/foreign/survey.ts'

/** What a verification of another program's migration says beside the numbers. */
export interface VerificationResult {
  /** The first answer, from the sample. */
  answer: string | null
  /** What the other program did not keep, in words. */
  notKept: string[]
  /** What the site has beyond the source, by kind. */
  strangers: Record<string, number>
  idMappings: MappingsRead | null
  sentences: string[]
}

/** null where a migration of ours filled the site. */
export async function verificationResult(
  db: LedgerDb,
  migrationId: string,
): Promise<VerificationResult | null> {
  const row = await verificationOf(db, migrationId)
  if (row.foreign !== 1) return null
  const strangers = await strangersOf(db, migrationId)
  return {
    answer: row.answer,
    notKept: row.surveyJson ? notKeptWords(JSON.parse(row.surveyJson)) : [],
    strangers: Object.fromEntries(strangers.map(({ kind, items }) => [kind, items])),
    idMappings: row.mappingsJson ? (JSON.parse(row.mappingsJson) as MappingsRead) : null,
    sentences: strangers.map(strangerSentence),
  }
}

/** The same for a person, a line each. */
export function verificationText({ answer, notKept, sentences }: VerificationResult): string[] {
  return [
    ...(answer ? [`First answer: ${answer}`] : []),
    ...(notKept.length > 0 ? [`The other program did not keep ${notKept.join(', ')}.`] : []),
    ...sentences,
  ]
}
