import type { Entities } from './entities.ts'
import { linkTypes, types } from './frame.ts'
import type { SampleIssue } from './issue.ts'
import type { Random } from './random.ts'

/** Links between issues, sub-tasks under their parents, stories under their epics, links to pages elsewhere. */
export function addRelations(entities: Entities, random: Random, issues: SampleIssue[]): void {
  const link = (linktype: string, source: SampleIssue, destination: SampleIssue, sequence = 0) =>
    entities.add('IssueLink', {
      linktype,
      source: source.id,
      destination: destination.id,
      sequence,
    })
  const of = (type: string) => issues.filter((issue) => issue.type === type)
  for (const child of of(types.subtask)) {
    const before = issues.filter(
      (one) =>
        one.project === child.project &&
        one.number < child.number &&
        one.type !== types.subtask &&
        one.type !== types.epic,
    )
    const parent = before[before.length - 1 - random.below(Math.min(before.length, 4))]
    if (parent) link(linkTypes.subtask, parent, child)
  }
  const epics = of(types.epic)
  for (const story of of(types.story)) {
    const own = epics.filter((epic) => epic.project === story.project)
    if (own.length > 0 && random.chance(0.6)) link(linkTypes.epic, random.pick(own), story)
  }
  for (const issue of issues) {
    if (!random.chance(0.22)) continue
    const other = random.pick(issues)
    const type = random.pick([
      linkTypes.blocks,
      linkTypes.relates,
      linkTypes.duplicate,
      linkTypes.clones,
    ])
    if (other !== issue) link(type, issue, other)
  }
  for (const issue of issues) {
    if (!random.chance(0.1)) continue
    const page = random.below(90_000) + 10_000
    entities.add('RemoteIssueLink', {
      issueid: issue.id,
      globalid: `appId=5a1c&pageId=${page}`,
      title: random.pick([
        'Cut-off times',
        'Runbook: double payout',
        'Minutes of the risk committee',
      ]),
      url: `https://wiki.kestrelpay.example/pages/viewpage.action?pageId=${page}`,
      relationship: 'mentioned in',
      applicationtype: 'com.atlassian.confluence',
      applicationname: 'Company wiki',
    })
  }
}
