import { begin, day, oneDay } from './clock.ts'
import type { Entities } from './entities.ts'
import { roles } from './frame.ts'

export interface SampleProject {
  id: string
  key: string
  /** The key it was born with: its attachments folder carries it for ever. */
  originalKey: string
  components: string[]
  versions: string[]
  issues: number
}

interface Plan {
  key: string
  originalKey?: string
  name: string
  description: string
  lead: string
  type: 'software' | 'business'
  issues: number
  components: string[]
  versions: [name: string, released: boolean, archived?: boolean][]
}

const plans: Plan[] = [
  {
    key: 'PAY',
    name: 'Payments platform',
    description: 'Authorisation, settlement and payouts.\nOn call: see the wiki.',
    lead: 'amara',
    type: 'software',
    issues: 150,
    // Two of one name, from before Jira checked it.
    components: ['Acquiring', 'Payouts', 'Ledger', 'FX', 'payouts'],
    versions: [
      ['2022.1', true, true],
      ['2022.2', true],
      ['2023.1', true],
      ['2023.2', false],
    ],
  },
  {
    key: 'WALLET',
    originalKey: 'APP',
    name: 'Wallet app',
    description: 'The app for shoppers, Android and iOS.',
    lead: 'JIRAUSER10207',
    type: 'software',
    issues: 90,
    components: ['Android', 'iOS', 'Onboarding'],
    versions: [
      ['3.0', true],
      ['3.1', true],
      ['4.0 "Peregrine"', false],
    ],
  },
  {
    key: 'OPS',
    name: 'Operations',
    description: '',
    lead: 'oleg',
    type: 'software',
    issues: 60,
    components: ['Network', 'Databases'],
    versions: [],
  },
  {
    key: 'LEGAL',
    name: 'Legal & compliance',
    description: 'Contracts, audits, "know your customer".',
    lead: 'ines',
    type: 'business',
    issues: 24,
    components: [],
    versions: [],
  },
]

/** Writes the projects with their keys, roles, components and versions. */
export function addProjects(entities: Entities): SampleProject[] {
  const category = entities.add('ProjectCategory', { name: 'Product', description: 'What we sell' })
  return plans.map((plan) => {
    const originalKey = plan.originalKey ?? plan.key
    const id = entities.add('Project', {
      name: plan.name,
      url: plan.key === 'PAY' ? 'https://wiki.kestrelpay.example/pay' : '',
      lead: plan.lead,
      description: plan.description,
      key: plan.key,
      counter: plan.issues + 12,
      assigneetype: plan.type === 'business' ? 3 : 2,
      originalkey: originalKey,
      projecttype: plan.type,
    })
    for (const projectKey of new Set([originalKey, plan.key]))
      entities.add('ProjectKey', { projectId: id, projectKey })
    entities.addPlain('NodeAssociation', {
      sourceNodeId: id,
      sourceNodeEntity: 'Project',
      sinkNodeId: category,
      sinkNodeEntity: 'ProjectCategory',
      associationType: 'ProjectCategory',
    })
    const actor = (projectroleid: string, kind: 'user' | 'group', roletypeparameter: string) =>
      entities.add('ProjectRoleActor', {
        pid: id,
        projectroleid,
        roletype: `atlassian-${kind}-role-actor`,
        roletypeparameter,
      })
    actor(roles.administrators, 'group', 'jira-administrators')
    actor(roles.developers, 'group', 'payments-team')
    actor(roles.risk, 'user', 'ines')
    const components = plan.components.map((name, i) =>
      entities.add('Component', {
        project: id,
        name,
        description: i === 0 ? `Everything about ${name}` : undefined,
        lead: i === 0 ? plan.lead : undefined,
        assigneetype: i === 0 ? 1 : 0,
        archived: 'N',
      }),
    )
    const versions = plan.versions.map(([name, released, archived], i) =>
      entities.add('Version', {
        project: id,
        name,
        description: released ? `Released with ${(i + 2) * 9} changes` : undefined,
        sequence: i + 1,
        released: released ? 'true' : undefined,
        archived: archived ? 'true' : undefined,
        startdate: day(begin + i * 90 * oneDay),
        releasedate: released ? day(begin + (i + 1) * 90 * oneDay) : undefined,
      }),
    )
    return { id, key: plan.key, originalKey, components, versions, issues: plan.issues }
  })
}
