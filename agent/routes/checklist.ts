import { Hono } from 'hono'
import * as v from 'valibot'
import { checklistTasks } from '../../shared/after-checklist.ts'
import { type ChecklistView, SignOffBody, TickBody } from '../../shared/api-after.ts'
import { Problem } from '../../shared/problem.ts'
import { checklistOf, signOff, tickEntry, withdrawSignOff } from '../ledger/checklist.ts'
import { projectItems } from '../ledger/findings.ts'
import { getMigration } from '../ledger/migrations.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'

const project = SignOffBody.entries.project
const Asked = v.object({ project })
const Withdrawn = v.object({ project, who: SignOffBody.entries.who })

/** The checklist of a project after a migration, and its sign-off. */
export const checklistRoutes = (deps: AppDeps) => {
  const { db } = deps.ledger
  return new Hono()
    .get('/migrations/:id/checklist', valid('query', Asked), async (c) =>
      c.json(await view(deps, c.req.param('id'), c.req.valid('query').project)),
    )
    .put('/migrations/:id/checklist/:entry', valid('json', TickBody), async (c) => {
      const { project: projectKey, ...said } = c.req.valid('json')
      const { id } = await projectOf(deps, c.req.param('id'), projectKey)
      const task = checklistTasks.find((one) => one.entry === c.req.param('entry'))
      if (!task)
        throw new Problem('not-found', 'The checklist has no such entry.', {
          hint: 'Ask for the checklist again; the extension and the agent may be of different versions.',
        })
      await tickEntry(db, id, task, { projectKey, ...said, at: deps.now() })
      return c.json(await view(deps, id, projectKey))
    })
    .post('/migrations/:id/sign-off', valid('json', SignOffBody), async (c) => {
      const { project: projectKey, note, who } = c.req.valid('json')
      const { id } = await projectOf(deps, c.req.param('id'), projectKey)
      await signOff(db, id, { projectKey, note, who, at: deps.now() })
      return c.json(await view(deps, id, projectKey))
    })
    .delete('/migrations/:id/sign-off', valid('query', Withdrawn), async (c) => {
      const { project: projectKey, who } = c.req.valid('query')
      const { id } = await projectOf(deps, c.req.param('id'), projectKey)
      if (!(await withdrawSignOff(db, id, { projectKey, who, at: deps.now() })))
        throw new Problem('not-now', `${projectKey} is not signed off.`, {
          hint: 'Look at the checklist again; somebody else may have withdrawn it.',
        })
      return c.json(await view(deps, id, projectKey))
    })
}

async function view(deps: AppDeps, migrationId: string, key: string): Promise<ChecklistView> {
  const { id, siteUrl, name } = await projectOf(deps, migrationId, key)
  const checklist = await checklistOf(deps.ledger.db, id, key, siteUrl)
  return { projectKey: key, projectName: name, ...checklist }
}

/** The migration, once it is certain that it has this project. */
async function projectOf(deps: AppDeps, migrationId: string, key: string) {
  const { id, siteUrl } = await getMigration(deps.ledger.db, migrationId)
  const [own] = await projectItems(deps.ledger.db, id, key)
  if (!own)
    throw new Problem('not-found', `This migration has no project ${key}.`, {
      hint: 'Its projects are known once the source was read and planned.',
    })
  // The label of a project is its key and its name.
  return { id, siteUrl, name: own.label.slice(key.length + 1) }
}
