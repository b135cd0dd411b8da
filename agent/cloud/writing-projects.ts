import { createComponent, createProject } from 'jira.js/cloud'
import type { SiteClient } from './client.ts'
import type { SiteWriting } from './writing.ts'
import { given, idOf, outcomeOf } from './writing-outcome.ts'

type Projects = Pick<SiteWriting, 'createProject' | 'createComponent' | 'createVersion'>

export function writeProjects(client: SiteClient): Projects {
  return {
    createProject: (promise, frame) =>
      outcomeOf(async () => {
        const { key, name, leadAccountId, assigneeType, projectTypeKey } = promise
        const answer = await createProject(client, {
          key,
          name,
          leadAccountId,
          assigneeType,
          projectTypeKey,
          ...given({ description: promise.description, url: promise.url }),
          issueTypeScheme: Number(frame.issueTypeSchemeId),
          workflowScheme: Number(frame.workflowSchemeId),
          issueTypeScreenScheme: Number(frame.issueTypeScreenSchemeId),
          ...(frame.categoryId ? { categoryId: Number(frame.categoryId) } : {}),
        })
        return idOf(answer, 'POST /rest/api/3/project')
      }),

    createComponent: ({ projectKey, name, description, leadAccountId, assigneeType }) =>
      outcomeOf(async () => {
        const answer = await createComponent(client, {
          project: projectKey,
          name,
          assigneeType,
          ...given({ description, leadAccountId }),
        })
        return idOf(answer, 'POST /rest/api/3/component')
      }),

    createVersion: ({ name, description, startDate, releaseDate, released, archived }, projectId) =>
      outcomeOf(async () => {
        // jira.js's type asks for dates as Date and would send them as times; the API wants the day.
        const answer = await client.sendRequest({
          url: '/rest/api/3/version',
          method: 'POST',
          body: {
            projectId: Number(projectId),
            name,
            released,
            archived,
            ...given({ description, startDate, releaseDate }),
          },
        })
        return idOf(answer, 'POST /rest/api/3/version')
      }),
  }
}
