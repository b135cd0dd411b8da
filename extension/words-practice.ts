/** Text of emptying the practice site. */
import { counted } from './words.ts'

const mostNamed = 12
const some = (all: readonly string[]): string =>
  all.length <= mostNamed
    ? all.join(', ')
    : `${all.slice(0, mostNamed).join(', ')} and ${all.length - mostNamed} more`

export const practiceWords = {
  open: 'Empty the practice site …',
  title: 'Empty the practice site?',
  what: (projects: readonly string[], issues: number) =>
    `${counted(projects.length, 'project', 'projects')} with ${counted(issues, 'issue', 'issues')} and everything in them go for good: ${some(projects)}. Accounts, groups, fields, types and filters that were made there go, too.`,
  nothing: 'There is no project on it. Accounts, fields and types that were made there go.',
  by: (names: readonly string[]) =>
    `They were written by ${some(names)}. These migrations keep their numbers and reports, but their links to the site lead nowhere; to rehearse one of them again, copy it.`,
  stays: 'Your sources, your real sites and your other migrations are not touched.',
  yes: 'Empty it',
  no: 'Keep it',
  asking: 'Looking at what is on it',
  emptying: 'Emptying the practice site',
  done: 'The practice site is empty.',
} as const
