import type { ReadingNote } from '../source.ts'
import { list, text } from './shapes.ts'

/** All keys a project has had; its own where an old version does not tell them. */
export const refKeys = (projectKeys: unknown, key: string): string[] => [
  ...new Set([...list(projectKeys).flatMap((one) => text(one) ?? []), key]),
]

/**
 * What no REST answer of a Data Center holds, said with every reading (facts: "REST cannot give"). A backup
 * has most of it.
 */
export const limits: readonly ReadingNote[] = [
  [
    'not-by-rest-workflows',
    'Workflows: transitions, conditions and functions. Each project gets one with its statuses',
  ],
  [
    'not-by-rest-schemes',
    'Screens, field configurations and the contexts of custom fields: every project can have every field',
  ],
  [
    'not-by-rest-filters',
    'Filters are not listed by Jira: those of boards, favourites of this account, and those that these name are read',
  ],
  [
    'not-by-rest-dashboards',
    'Gadgets of dashboards, and dashboards that this account does not see',
  ],
  ['not-by-rest-boards', 'Swimlanes, quick filters and card colours of boards'],
  [
    'not-by-rest-hidden',
    'Issues, comments and worklogs that are restricted to people without this account: Jira does not say how many',
  ],
  ['not-by-rest-keys', 'Former keys of moved issues'],
  [
    'not-by-rest-apps',
    'The tables of apps, and what they keep on issues: only their custom fields and what they keep on projects is read',
  ],
].map(([code = '', said = '']) => ({ code, text: said, items: 0 }))
