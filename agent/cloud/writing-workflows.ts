import { randomUUID } from 'node:crypto'
import { createWorkflowScheme, createWorkflows } from 'jira.js/cloud'
import * as v from 'valibot'
import { must } from '../../shared/assert.ts'
import type { Promises } from '../../shared/plan.ts'
import { read, type SiteClient } from './client.ts'
import { Id } from './reading-pages.ts'
import type { SiteWriting } from './writing.ts'
import { idOf, outcomeOf } from './writing-outcome.ts'

const Created = v.object({ workflows: v.array(v.object({ id: Id, name: v.string() })) })

type Status = Parameters<SiteWriting['createWorkflow']>[1][number]
type Workflows = Pick<SiteWriting, 'createWorkflow' | 'createWorkflowScheme'>

export function writeWorkflows(client: SiteClient): Workflows {
  return {
    createWorkflow: (promise, statuses) =>
      outcomeOf(async () => {
        const answer = await createWorkflows(client, workflowBody(promise, statuses))
        const of = 'POST /rest/api/3/workflows/create'
        const { workflows } = read(Created, answer, of)
        return must(workflows[0], 'The site made the workflow, but did not say its id.').id
      }),

    createWorkflowScheme: ({ name, workflow }) =>
      outcomeOf(async () =>
        idOf(
          await createWorkflowScheme(client, { name, defaultWorkflow: workflow }),
          'POST /rest/api/3/workflowscheme',
        ),
      ),
  }
}

/**
 * One initial transition, and to each status a global one, by which any status is reached from any other:
 * that is how issues get the status that they had. Creating a workflow also writes the statuses that it
 * lists, so each goes along with its present description and category (facts/jira-cloud.md 2.6).
 */
function workflowBody(promise: Promises['workflow'], statuses: Status[]) {
  const listed = statuses.map((status) => ({ ...status, reference: randomUUID() }))
  const initial = must(
    listed.find((one) => one.name.toLowerCase() === promise.initial.toLowerCase()),
    `The workflow "${promise.name}" begins with a status that it does not have.`,
  )
  const transition = (
    id: string,
    type: 'INITIAL' | 'GLOBAL',
    name: string,
    toStatusReference: string,
  ) => ({
    id,
    type,
    name,
    description: '',
    toStatusReference,
    links: [],
    actions: [],
    validators: [],
    triggers: [],
    properties: {},
  })
  return {
    scope: { type: 'GLOBAL' as const },
    statuses: listed.map(({ id, name, description, category, reference }) => ({
      id,
      name,
      description,
      statusCategory: category,
      statusReference: reference,
    })),
    workflows: [
      {
        name: promise.name,
        description: '',
        startPointLayout: { x: 0, y: 0 },
        statuses: listed.map(({ reference }, index) => ({
          statusReference: reference,
          properties: {},
          layout: { x: 200 * (index + 1), y: 0 },
        })),
        // The ids that Jira's own editor gives: 1 for the initial one, then 11, 21, 31.
        transitions: [
          transition('1', 'INITIAL', 'Create', initial.reference),
          ...listed.map((status, index) =>
            transition(String(index * 10 + 11), 'GLOBAL', status.name, status.reference),
          ),
        ],
      },
    ],
  }
}
