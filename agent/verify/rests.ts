import { differencesOf, type ItemRow, settleVerdicts, type VerdictChange } from '../ledger/items.ts'
import { itemsBySource } from '../ledger/parts-of-issue.ts'
import { judged, type VerifyContext } from './judge.ts'

/** What a note holds of which item, by the word in its id (agent/plan/notes.ts). */
const carriers = {
  description: { kind: 'issue', holds: 'the rest of the description' },
  environment: { kind: 'issue', holds: 'the rest of the environment' },
  attachments: { kind: 'issue', holds: 'who attached its files' },
  comment: { kind: 'comment', holds: 'the rest of the text' },
  worklog: { kind: 'worklog', holds: 'the rest of the text' },
  fieldValue: { kind: 'fieldValue', holds: 'the rest of the value' },
} as const

/** A page of notes, and of the items whose texts they hold. */
const page = 500

/**
 * What a text is too long for stands in a comment of Landfall's own, which no number counts. Where one was refused
 * the item that it belongs to is not whole, however equal its beginning is: that is told on it.
 */
export async function tellLostRests(ctx: VerifyContext): Promise<void> {
  for (let after = 0; ; ) {
    const lost = await ctx.db
      .selectFrom('item')
      .select(['seq', 'sourceId', 'reasonText'])
      .where('migrationId', '=', ctx.migrationId)
      .where('kind', '=', 'note')
      .where('verdict', '=', 'failed')
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(page)
      .execute()
    const last = lost.at(-1)
    if (!last) return
    after = last.seq
    await settleVerdicts(ctx.db, await changesFor(ctx, lost.flatMap(restOf)))
  }
}

interface Rest {
  kind: ItemRow['kind']
  sourceId: string
  holds: string
  why: string
}

/** "10/comment/30/1" is the first rest of comment 30; "10/description/1" of issue 10. */
function restOf({ sourceId, reasonText }: Pick<ItemRow, 'sourceId' | 'reasonText'>): Rest[] {
  const [issue = '', word = '', ...own] = sourceId.split('/').slice(0, -1)
  const carrier = carriers[word as keyof typeof carriers]
  const id = carrier?.kind === 'issue' ? issue : own.join('/')
  return carrier ? [{ ...carrier, sourceId: id, why: reasonText ?? '' }] : []
}

async function changesFor(ctx: VerifyContext, rests: readonly Rest[]): Promise<VerdictChange[]> {
  const changes: VerdictChange[] = []
  for (const [kind, ofKind] of Map.groupBy(rests, (rest) => rest.kind)) {
    const ids = new Set(ofKind.map(({ sourceId }) => sourceId))
    const items = await itemsBySource(ctx.db, ctx.migrationId, kind, [...ids])
    for (const [sourceId, own] of Map.groupBy(ofKind, (rest) => rest.sourceId)) {
      const item = items.get(sourceId)
      // One that failed itself has no text whose rest could be missed.
      if (item?.verdict !== 'verified' && item?.verdict !== 'different') continue
      const known = differencesOf(item)
      // No repair mends this field, another run sends the note again: see agent/repair/by-hand.ts.
      const more = [...new Map(own.map((rest) => [rest.holds, rest.why]))]
        .map(([promised, why]) => ({
          field: 'added comment',
          promised,
          found: `not there: ${why}`,
        }))
        .filter(({ promised }) => !known.some((one) => one.promised === promised))
      if (more.length > 0) changes.push(judged(item, item.siteId ?? '', [...known, ...more]))
    }
  }
  return changes
}
