import type { RepairPart } from '../../shared/api-repair.ts'
import { must } from '../../shared/assert.ts'
import type { Promises } from '../../shared/plan.ts'
import { repairTable } from '../../shared/repair.ts'
import type { Difference } from '../../shared/report.ts'
import type { SiteIssue } from '../cloud/reading.ts'
import { differencesOf, type ItemRow, promiseOf } from '../ledger/items.ts'
import { compareIssue } from '../verify/compare.ts'
import { type Assessment, byHand, chanceOf, part } from './assessment.ts'
import { fieldByHand, handWords } from './by-hand.ts'
import { changedSince } from './changed.ts'
import type { RepairContext } from './context.ts'
import { isHeld, isSaid } from './held.ts'
import { issueFields } from './issue-fields.ts'

/** An issue's own fields: those that differ and that nobody changed since go out in one edit. */
export async function assessIssue(ctx: RepairContext, item: ItemRow): Promise<Assessment> {
  const promise = promiseOf(item, 'issue')
  const [issue] = await ctx.read.issues([promise.key])
  if (!issue) return byHand(handWords(item))
  const verified = new Map(differencesOf(item).map((one) => [one.field, one]))
  const now = new Map(differing(ctx, item, issue).map((one) => [one.field, one]))
  const parts: RepairPart[] = []
  for (const name of new Set([...verified.keys(), ...now.keys()])) {
    const field = issueFields[name]
    const act = repairTable.issue.fields[name] ?? null
    const migrated = verified.get(name)?.found
    const found = now.get(name)
    if (!field || !act) {
      const told = found ?? must(verified.get(name), 'It is one of the two.')
      const texts = { source: told.promised, migrated: migrated ?? told.found, now: told.found }
      parts.push(part(name, null, texts, { why: fieldByHand[name] ?? handWords(item) }))
      continue
    }
    const thereText = field.thereText(issue)
    const texts = {
      source: field.wantedText(promise),
      migrated: migrated ?? field.wantedText(promise),
      now: thereText,
    }
    if (!found) {
      parts.push(part(name, act, { ...texts, source: thereText }, { why: right }))
      continue
    }
    const nobody = personless(promise, name)
    if (nobody) {
      parts.push(part(name, null, { ...texts, source: nobody }, { why: noAccount(nobody) }))
      continue
    }
    // A field that was equal when it was read back, or that reads otherwise than then, was changed since.
    const moved = !isHeld(item) && found.found !== migrated
    const known = await changedSince(ctx, item, issue.key, field.history)
    parts.push(
      part(name, act, texts, { changed: known ?? (moved ? { who: null, at: null } : null) }),
    )
  }
  return withDeed(promise.key, issue, item, parts)
}

const right = 'It is right already.'

/** What differs now: of another program's issue among what was found to differ, for that is all there is to mend. */
function differing(ctx: RepairContext, item: ItemRow, issue: SiteIssue): Difference[] {
  const promise = promiseOf(item, 'issue')
  if (!isHeld(item)) return compareIssue(promise, issue, ctx.foreign)
  return differencesOf(item).filter(({ field }) => !isRightNow(item, issue, field))
}

/** Whether a field of another program's issue is as the source has it by now. */
export function isRightNow(item: ItemRow, issue: SiteIssue, field: string): boolean {
  const promise = promiseOf(item, 'issue')
  const author = promise.held?.reporter?.name ?? null
  if (field === 'description') return isSaid(promise.description, issue.description, author)
  const known = issueFields[field]
  return known !== undefined && known.wantedText(promise) === known.thereText(issue)
}

/** The name of a person whom the source has in this field and the site has no account for; null otherwise. */
function personless({ held }: Promises['issue'], field: string): string | null {
  const person =
    field === 'reporter' ? held?.reporter : field === 'assignee' ? held?.assignee : undefined
  return person && person.accountId === null ? person.name : null
}
const noAccount = (name: string) =>
  `No account of the site is known for ${name}. Invite the person, then verify again.`

function withDeed(key: string, issue: SiteIssue, item: ItemRow, parts: RepairPart[]): Assessment {
  const promise = promiseOf(item, 'issue')
  const chance = parts.length ? chanceOf(parts) : 'done'
  const told = { chance, why: null, parts, siteId: issue.id }
  if (chance !== 'possible') return { ...told, deed: null }
  const fields: Record<string, unknown> = {}
  const before: Record<string, unknown> = {}
  const words = { before: {} as Record<string, string>, after: {} as Record<string, string> }
  for (const { field: name, after: goes } of parts) {
    const field = goes === null ? undefined : issueFields[name]
    if (!field) continue
    fields[field.id] = field.wanted(promise)
    before[field.id] = field.there(issue)
    words.before[name] = field.thereText(issue)
    words.after[name] = field.wantedText(promise)
  }
  return {
    ...told,
    deed: {
      requests: [`PUT /rest/api/3/issue/${key}`],
      send: ({ mend }) => mend.editIssue(key, fields),
      undo: { how: 'fields', issueKey: key, fields: before, ...words },
    },
  }
}
