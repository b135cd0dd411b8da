/** Text of a verification of what another tool migrated. */
import type { Purpose, SetupStep } from '../shared/setup.ts'
import { stepWords } from './words-setup.ts'

/** What a step of a verification is about, where that is something else than of a migration. */
const texts: Partial<Record<SetupStep, string>> = {
  name: 'What is it called, and what is it for?',
  source: 'What was migrated: the backup, or the running Jira Server or Data Center.',
  site: 'The site that the other tool filled. It is only read.',
  scope: 'What of the source is compared.',
  people: 'Which account each user of the source is. Id mappings, if given, say it first.',
  review: 'What a verification will do.',
}
export const stepText = (step: SetupStep, purpose: Purpose): string =>
  (purpose === 'verify' && texts[step]) || stepWords[step].text

export const verifyWords = {
  nothingWritten: 'Nothing is written to the site',
  nothingText: 'A verification only reads. You can stop it at any time, and it goes on from there.',
  compared:
    'Items are matched by id mappings if you gave some, then by key, name, e-mail address and properties; comments, work and files also by text, author and time.',
  told: 'What differs, what is missing, and what the site has beyond the source is told with both values. What this login cannot see is said, and counted neither as verified nor as failed.',
}
