import { sValidator } from '@hono/standard-validator'
import type { Context, ValidationTargets } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type * as v from 'valibot'
import { Problem, type ProblemCode, viewProblem } from '../../shared/problem.ts'

/** The HTTP status that fits each problem. 502: the agent is well, the site behind it is not. */
const statusOf: Record<ProblemCode, ContentfulStatusCode> = {
  'source-missing': 422,
  'source-unreadable': 422,
  'source-truncated': 422,
  'source-not-jira': 422,
  'source-is-cloud': 422,
  'source-empty': 422,
  'source-unreachable': 502,
  'source-token-refused': 502,
  'source-permission-missing': 502,
  'source-answer-unexpected': 502,
  'snapshot-disk-full': 507,
  'snapshot-damaged': 500,
  'agent-folder-in-use': 409,
  'site-unreachable': 502,
  'site-token-refused': 502,
  'site-permission-missing': 502,
  'site-refused': 502,
  'site-answer-unexpected': 502,
  'site-rate-limit': 503,
  'key-mismatch': 409,
  'project-taken': 409,
  usage: 422,
  'not-found': 404,
  'not-now': 409,
  'setup-changed': 409,
  'not-paired': 401,
  unexpected: 500,
}

/** Any error on the way to an answer as `{ problem }` with its status. */
export function answerProblem(error: unknown, c: Context): Response {
  if (error instanceof HTTPException)
    return c.json(
      {
        problem: viewProblem(
          new Problem('usage', 'The request could not be read.', {
            hint: 'Send a JSON object with the content type application/json.',
          }),
        ),
      },
      error.status,
    )
  const status = error instanceof Problem ? statusOf[error.code] : 500
  return c.json({ problem: viewProblem(error) }, status)
}

/** The answer to an address that does not exist. */
export const noSuchAddress = () =>
  new Problem('not-found', 'The agent has nothing at this address.', {
    hint: 'The extension and the agent may be of different versions; update the older one.',
  })

/** Parses a part of the request with a schema; what does not fit is a Problem (422) with the schema's own sentence. */
export const valid = <Target extends keyof ValidationTargets, S extends v.GenericSchema>(
  target: Target,
  schema: S,
) =>
  sValidator(target, schema, (result) => {
    if (result.success) return
    const issue = result.error[0]
    const path = (issue?.path ?? [])
      .map((part) => String(typeof part === 'object' ? part.key : part))
      .join('.')
    const said = issue?.message ?? 'It cannot be read.'
    // Valibot's own messages begin with "Invalid"; ours are sentences that can stand alone.
    const sentence = said.startsWith('Invalid') ? `${path || 'The request'}: ${said}.` : said
    throw new Problem('usage', sentence, {
      hint: path ? `Correct "${path}" and try again.` : 'Correct the request and try again.',
    })
  })
