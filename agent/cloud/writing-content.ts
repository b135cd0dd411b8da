import { openAsBlob } from 'node:fs'
import { addComment, createOrUpdateRemoteIssueLink, linkIssues } from 'jira.js/cloud'
import { FormData } from 'undici'
import * as v from 'valibot'
import { must } from '../../shared/assert.ts'
import { originKey } from '../../shared/plan.ts'
import { read, type SiteClient } from './client.ts'
import { Id } from './reading-pages.ts'
import type { Outcome, SiteWriting } from './writing.ts'
import { given, idOf, outcomeOf } from './writing-outcome.ts'

const Attached = v.array(v.object({ id: Id }))

type Content = Pick<
  SiteWriting,
  'createComment' | 'createWorklog' | 'attach' | 'createLink' | 'createRemoteLink' | 'addWatcher'
>

/** What hangs on one issue. */
export function writeContent(client: SiteClient): Content {
  return {
    createComment: (promise) =>
      outcomeOf(async () => {
        const answer = await addComment(client, {
          issueIdOrKey: promise.issueKey,
          body: { ...promise.body, content: promise.body.content.map((node) => ({ ...node })) },
          properties: [{ key: originKey, value: promise.origin }],
          ...('visibility' in promise && promise.visibility
            ? { visibility: { ...promise.visibility } }
            : {}),
        })
        return idOf(answer, 'POST /rest/api/3/issue/{id}/comment')
      }),

    createWorklog: (promise) =>
      outcomeOf(async () => {
        // jira.js's function asks for a Date and would send its time in a form that the site refuses.
        const answer = await client.sendRequest({
          url: `/rest/api/3/issue/${promise.issueKey}/worklog`,
          method: 'POST',
          searchParams: { notifyUsers: false, adjustEstimate: 'leave' },
          body: {
            started: siteTime(promise.started),
            timeSpentSeconds: promise.timeSpentSeconds,
            properties: [{ key: originKey, value: promise.origin }],
            ...given({ comment: promise.comment, visibility: promise.visibility }),
          },
        })
        return idOf(answer, 'POST /rest/api/3/issue/{id}/worklog')
      }),

    attach: async (promise) => {
      const file = await openFile(promise.path, promise.mimetype)
      if ('outcome' in file) return file.outcome
      return outcomeOf(async () => {
        const body = new FormData()
        body.append('file', file.blob, promise.filename)
        // jira.js's function takes the platform's FormData, which undici's pool does not know as its own.
        const answer = await client.sendRequest({
          url: `/rest/api/3/issue/${promise.issueKey}/attachments`,
          method: 'POST',
          headers: { 'x-atlassian-token': 'no-check' },
          body,
        })
        const [attached] = read(Attached, answer, 'POST /rest/api/3/issue/{id}/attachments')
        return must(attached, 'The site took the file, but named no attachment.').id
      })
    },

    createLink: ({ type, inwardKey, outwardKey }) =>
      outcomeOf(async () => {
        await linkIssues(client, {
          type: { name: type },
          inwardIssue: { key: inwardKey },
          outwardIssue: { key: outwardKey },
        })
        // The answer has no body: a link's id is only known from reading the issue.
        return ''
      }),

    createRemoteLink: (promise) =>
      outcomeOf(async () => {
        const { applicationType: type, applicationName: name } = promise
        const application = given({ type, name })
        const answer = await createOrUpdateRemoteIssueLink(client, {
          issueIdOrKey: promise.issueKey,
          globalId: promise.globalId,
          object: {
            title: promise.title,
            url: promise.url,
            ...given({ summary: promise.summary }),
          },
          ...given({ relationship: promise.relationship }),
          ...(Object.keys(application).length ? { application } : {}),
        })
        return idOf(answer, 'POST /rest/api/3/issue/{id}/remotelink')
      }),

    addWatcher: ({ issueKey, accountId }) =>
      outcomeOf(async () => {
        // The body is a JSON text alone, which the type of jira.js's function does not allow.
        await client.sendRequest({
          url: `/rest/api/3/issue/${issueKey}/watchers`,
          method: 'POST',
          body: accountId,
        })
        return accountId
      }),
  }
}

/** The file as a Blob that is read from the disk while it is sent; what cannot be read fails this item alone. */
async function openFile(
  path: string,
  mimetype: string | null,
): Promise<{ blob: Blob } | { outcome: Outcome }> {
  try {
    return { blob: await openAsBlob(path, { type: mimetype ?? 'application/octet-stream' }) }
  } catch (error) {
    return {
      outcome: {
        ok: false,
        code: 'source-unreadable',
        text: `The file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        hint: 'Put the file back into the attachments folder and let the agent read it, then run the migration again.',
        again: false,
      },
    }
  }
}

/**
 * The site takes times in one form only, 2021-01-17T12:34:00.000+0000: three digits of milliseconds and
 * an offset without colon. The offset stays what it was.
 */
export function siteTime(iso: string): string {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:?\d\d)$/i.exec(iso)
  if (!parts) return iso
  const [, minute = '', second = '00', fraction = '', zone = 'Z'] = parts
  const offset = zone.toUpperCase() === 'Z' ? '+0000' : zone.replace(':', '')
  return `${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`
}
