import type { AdfDoc } from '../../shared/plan.ts'
import type { SiteComment, SiteWorklog } from '../cloud/reading.ts'
import { differencesOf, type ItemRow, promiseOf, type VerdictChange } from '../ledger/items.ts'
import { judged } from '../verify/judge.ts'
import { adfText } from '../verify/text.ts'
import { isSaid, withLine, without } from './held.ts'

type SiteText = SiteComment | SiteWorklog

const textOf = (one: SiteText): AdfDoc | null => ('body' in one ? one.body : one.comment)

/** What a comment or worklog held at the source: who made it, and its words. */
function heldText(item: ItemRow) {
  if (item.kind === 'comment') {
    const { held, body } = promiseOf(item, 'comment')
    return { author: held?.author?.name ?? 'Anonymous', doc: body, field: 'body' }
  }
  const { held, comment } = promiseOf(item, 'worklog')
  return { author: held?.author?.name ?? 'Anonymous', doc: comment, field: 'comment' }
}

/** A text of another program's migration: what was found to differ and is right by now does not any more. */
export function readText(item: ItemRow, one: SiteText, siteId: string): VerdictChange {
  const { author, doc, field } = heldText(item)
  const said = isSaid(doc, textOf(one), author)
  // One that was made again is judged by its words alone.
  if (differencesOf(item).length === 0 && !said)
    return judged(item, siteId, [{ field, promised: adfText(doc), found: adfText(textOf(one)) }])
  return without(item, siteId, (known) =>
    known.field === field ? said : isSet(item, one, known.field),
  )
}

/** What is no text of a comment or worklog, and is as the source has it by now. */
function isSet(item: ItemRow, one: SiteText, field: string): boolean {
  if (field === 'restricted to') {
    const { visibility } = promiseOf(item, item.kind as 'comment')
    return JSON.stringify(visibility) === JSON.stringify(one.visibility)
  }
  if (field !== 'started and minutes spent' || !('started' in one)) return false
  const { started, timeSpentSeconds } = promiseOf(item, 'worklog')
  return (
    Date.parse(started) === Date.parse(one.started) &&
    Math.floor(timeSpentSeconds / 60) === Math.floor(one.timeSpentSeconds / 60)
  )
}

/** The item as it is made again: with a line of its author and time, since it will stand under another account. */
export function signedItem(item: ItemRow): ItemRow {
  if (item.kind === 'comment') {
    const promise = promiseOf(item, 'comment')
    if (!promise.held) return item
    const body = withLine(promise.body, promise.held)
    return { ...item, promiseJson: JSON.stringify({ ...promise, body }) }
  }
  const promise = promiseOf(item, 'worklog')
  if (!promise.held) return item
  const comment = withLine(promise.comment, promise.held)
  // No site takes less than a minute.
  const timeSpentSeconds = Math.max(60, promise.timeSpentSeconds)
  return { ...item, promiseJson: JSON.stringify({ ...promise, comment, timeSpentSeconds }) }
}
