import { type Kind, kinds } from '../../shared/plan.ts'
import type { LedgerDb } from '../ledger/open.ts'
import { outcomePages } from '../ledger/outcomes.ts'
import { plainCsvLines } from './csv.ts'

/**
 * The name of each kind in the id-mapping export of Atlassian's own assistant, so that scripts made for
 * that export work with ours. They are the namespaces of the app migration platform, as ARI.kt of
 * github.com/atlassian-labs/cloud-transition-tools lists them. That list has no names for people, groups,
 * work logs, attachments and web links: identity:user and identity:group are the platform's for accounts
 * (with the platform's jira.userkey/ before the key), the other three are formed like jira:comment.
 * Kinds that have no id of their own on the site (watchers, votes, members, values) are not mapped.
 */
export const entityTypes: Partial<Record<Kind, string>> = {
  user: 'identity:user',
  group: 'identity:group',
  issueType: 'jira/classic:issueType',
  status: 'jira/classic:issueStatus',
  priority: 'jira:priority',
  resolution: 'jira:resolution',
  linkType: 'jira:issueLinkType',
  projectCategory: 'jira:projectCategory',
  role: 'jira:projectRole',
  project: 'jira/classic:project',
  component: 'jira:projectComponent',
  version: 'jira:projectVersion',
  issue: 'jira:issue',
  comment: 'jira:comment',
  worklog: 'jira:worklog',
  attachment: 'jira:attachment',
  link: 'jira:issueLink',
  remoteLink: 'jira:remoteLink',
  customField: 'jira/classic:customField',
  filter: 'jira:filter',
  dashboard: 'jira:portalPage',
  board: 'jira/classic/software:rapidView',
  sprint: 'jira/classic/software:sprint',
}

/** Which item of the source became which item of the site. */
export async function* idMappingsCsv(db: LedgerDb, migrationId: string): AsyncGenerator<string> {
  yield plainCsvLines([['entityType', 'serverId', 'cloudId']])
  for (const kind of kinds) {
    const type = entityTypes[kind]
    if (!type) continue
    for await (const page of outcomePages(db, migrationId, kind))
      yield plainCsvLines(
        page
          .filter((item) => item.siteId !== null)
          .map((item) => [type, serverId(kind, item.sourceId), item.siteId]),
      )
  }
}

const serverId = (kind: Kind, sourceId: string) =>
  kind === 'user' ? `jira.userkey/${sourceId}` : sourceId
