/** Text of the troubleshooting guide around its explanations (shared/help), and of the ways to it. */
import type { TroubleGroup } from '../shared/help/trouble.ts'
import { counted } from './words.ts'

export const helpWords = {
  open: 'Help',
  title: 'Troubleshooting guide',
  intro:
    'What each error, difference and check means, why it comes up, and what to do. Works without the agent, too.',
  search: 'Search the guide',
  searchHint: 'A word, a code, or a whole line of the error log.',
  found: (n: number) => counted(n, 'explanation', 'explanations'),
  none: 'Nothing in the guide explains this',
  noneText:
    'Try fewer words. If an error has no explanation here, report it with the error log: tokens and passwords never stand in it.',
  unknown: (code: string) => `The guide does not know the code “${code}”.`,
  all: 'All explanations',
  back: 'Migrations',
  happened: 'What happened',
  why: 'Why',
  mend: 'What to do',
  again: {
    yes: 'Trying again can help without any change.',
    'after mending': 'Trying again helps once this is done.',
    no: 'Trying again changes nothing.',
  },
  codes: 'In the error log:',
  groups: {
    source: 'Source',
    agent: 'Agent and browser',
    site: 'Site',
    run: 'The run as a whole',
    people: 'People and access',
    issues: 'Projects and issues',
    fields: 'Fields',
    files: 'Files',
    filters: 'Filters, boards and dashboards',
    differences: 'Differences',
    apps: 'Apps',
    checks: 'Checks before a run',
  } satisfies Record<TroubleGroup, string>,
  explain: 'Explain',
  learn: 'Learn how to troubleshoot your migration',
  learnVerification: 'Learn what the findings mean',
  after: 'Learn more about post-migration tasks',
  guide: 'You can find explanation of errors from the log file in the troubleshooting guide.',
} as const
