import { must } from '../../../shared/assert.ts'
import type { Promises } from '../../../shared/plan.ts'
import { Problem } from '../../../shared/problem.ts'
import type { Outcome } from '../../cloud/writing.ts'
import { type ItemRow, promiseOf } from '../../ledger/items.ts'
import type { PushContext, Sender } from '../sender.ts'
import { notThere } from './frame.ts'
import { projectId } from './projects.ts'

type Numbered = Promises['issue'] | Promises['filler']
const promise = (item: ItemRow): Numbered => promiseOf(item, item.kind as 'issue' | 'filler')

/** Thrown when the site's numbers are not the source's: nothing more may be sent to that project. */
export class KeyMismatch extends Problem {
  readonly projectKey: string
  constructor(projectKey: string, sentence: string) {
    super('key-mismatch', sentence, {
      hint: `Delete project ${projectKey} on the site (and empty it from the trash), then run the migration again.`,
    })
    this.projectKey = projectKey
  }
}

/**
 * Issues and fillers of one project in strictly rising number. The site numbers them itself, so each
 * returned key is compared with the promised one before anything else is sent to this project.
 */
export const issue: Sender = {
  async find(ctx, items) {
    const keys = items.map((item) => promise(item).key)
    const found = new Map((await inHundreds(ctx, keys)).map((one) => [one.key, one]))
    return items.map((item) => {
      const { key, origin } = promise(item)
      const one = found.get(key)
      if (!one) return null
      if (
        one.origin?.source === origin.source &&
        one.origin.id === origin.id &&
        one.origin.kind === origin.kind
      )
        return one.id
      throw new KeyMismatch(
        key.replace(/-\d+$/, ''),
        `${key} on the site is another issue than ${key} of the source.`,
      )
    })
  },

  async send(ctx, items) {
    const projectKey = must(items[0]?.projectKey, 'An issue belongs to a project.')
    const id = await projectId(ctx, projectKey)
    if (!id) return items.map(() => notThere('the project', { kind: 'project', projectKey }))
    const outcomes = await ctx.write.createIssues(items.map(promise), id)
    const wrong = items.findIndex((item, index) => {
      const outcome = outcomes[index]
      return outcome?.ok === true && outcome.key !== promise(item).key
    })
    if (wrong >= 0) throw await mismatch(ctx, projectKey, items, outcomes)
    return outcomes
  },
}

/** Takes back what this very request made under wrong keys, and says what happened. */
async function mismatch(
  ctx: PushContext,
  projectKey: string,
  items: ItemRow[],
  outcomes: Outcome[],
): Promise<KeyMismatch> {
  const refused = outcomes.find((outcome) => !outcome.ok)
  const misplaced: string[] = []
  for (const [index, outcome] of outcomes.entries()) {
    const item = items[index]
    if (!outcome.ok || !outcome.key || !item || outcome.key === promise(item).key) continue
    misplaced.push(`${promise(item).key} came as ${outcome.key}`)
    await ctx.write.deleteIssue(outcome.key)
  }
  const cause =
    refused && !refused.ok
      ? ` The site refused an issue before them: ${refused.text}`
      : ' Somebody else created issues there.'
  return new KeyMismatch(
    projectKey,
    `The numbers of ${projectKey} no longer fit: ${misplaced.slice(0, 3).join(', ')}${misplaced.length > 3 ? ', …' : ''}. They were deleted again and the project was stopped.${cause}`,
  )
}

/** bulkfetch takes at most 100 keys (facts/jira-cloud.md 2.1). */
async function inHundreds(ctx: PushContext, keys: string[]) {
  const found = []
  for (let from = 0; from < keys.length; from += 100)
    found.push(...(await ctx.read.issues(keys.slice(from, from + 100))))
  return found
}

/** Status by transition, then the resolution by an edit: a transition takes no field that its screen does not have. */
export const progress: Sender = {
  async find(ctx, items) {
    const found = new Map(
      (
        await inHundreds(
          ctx,
          items.map((item) => promiseOf(item, 'progress').issueKey),
        )
      ).map((one) => [one.key, one]),
    )
    return items.map((item) => {
      const wanted = promiseOf(item, 'progress')
      const one = found.get(wanted.issueKey)
      return one && same(one.status, wanted.status) && same(one.resolution, wanted.resolution)
        ? ''
        : null
    })
  },
  async send(ctx, items) {
    const keys = items.map((item) => promiseOf(item, 'progress').issueKey)
    const now = new Map((await inHundreds(ctx, keys)).map((one) => [one.key, one]))
    const outcomes: Outcome[] = []
    for (const item of items) {
      const wanted = promiseOf(item, 'progress')
      const one = now.get(wanted.issueKey)
      outcomes.push(
        one
          ? await reach(ctx, must(item.projectKey, 'An issue belongs to a project.'), wanted, one)
          : notThere('the issue', { kind: 'issue', issueKey: wanted.issueKey }),
      )
    }
    return outcomes
  },
}

async function reach(
  ctx: PushContext,
  projectKey: string,
  wanted: Promises['progress'],
  now: { status: string; resolution: string | null },
): Promise<Outcome> {
  if (!same(now.status, wanted.status)) {
    const transition = await ctx.names.transition(projectKey, wanted.issueKey, wanted.status)
    if (transition === null)
      return {
        ok: false,
        code: 'no-transition',
        text: `No transition leads to the status "${wanted.status}".`,
        hint: `Add a transition to "${wanted.status}" to the workflow of ${projectKey} on the site, then run the migration again.`,
        again: true,
      }
    const moved = await ctx.write.transition(wanted.issueKey, transition, null)
    if (!moved.ok) return moved
  }
  if (wanted.resolution !== null && !same(now.resolution, wanted.resolution)) {
    const resolved = await ctx.write.setResolution(wanted.issueKey, wanted.resolution)
    if (!resolved.ok) return resolved
  }
  return { ok: true, siteId: '' }
}

const same = (a: string | null, b: string | null) =>
  (a ?? '').toLowerCase() === (b ?? '').toLowerCase()

/** Deletes what the push itself made to fill a gap, and never anything else. */
export const fillerDelete: Sender = {
  async find(ctx, items) {
    const left = new Set(
      (
        await inHundreds(
          ctx,
          items.map((item) => promiseOf(item, 'fillerDelete').key),
        )
      ).map((one) => one.key),
    )
    return items.map((item) => (left.has(promiseOf(item, 'fillerDelete').key) ? null : ''))
  },
  async send(ctx, items) {
    const found = new Map(
      (
        await inHundreds(
          ctx,
          items.map((item) => promiseOf(item, 'fillerDelete').key),
        )
      ).map((one) => [one.key, one]),
    )
    const outcomes: Outcome[] = []
    for (const item of items) {
      const { key } = promiseOf(item, 'fillerDelete')
      const one = found.get(key)
      if (!one) outcomes.push({ ok: true, siteId: '' })
      else if (one.origin?.kind !== 'filler')
        outcomes.push({
          ok: false,
          code: 'not-a-filler',
          text: `${key} is not the filler that Landfall made; it was left alone.`,
          hint: 'Look at the issue on the site and decide yourself.',
          again: false,
        })
      else outcomes.push(await ctx.write.deleteIssue(key))
    }
    return outcomes
  },
}
