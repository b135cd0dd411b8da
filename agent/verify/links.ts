import type { SiteIssue } from '../cloud/reading.ts'
import { type ItemRow, promiseOf, settleVerdicts, type VerdictChange } from '../ledger/items.ts'
import { candidates, judged, missing, type VerifyContext } from './judge.ts'

/** Two keys a link: a page of 50 links needs at most one bulkfetch of 100. */
const linksAPage = 50

/** Links between issues, seen from both ends: type, direction, and the parent of a sub-task. */
export async function verifyLinks(ctx: VerifyContext, next: () => Promise<void>): Promise<void> {
  for (let after = 0; ; ) {
    await next()
    const items = await candidates(ctx, ['link'], after, linksAPage)
    const last = items.at(-1)
    if (!last) return
    after = last.seq
    const keys = new Set(
      items.flatMap((item) => [
        promiseOf(item, 'link').inwardKey,
        promiseOf(item, 'link').outwardKey,
      ]),
    )
    const found = new Map((await ctx.read.issues([...keys])).map((one) => [one.key, one]))
    await settleVerdicts(
      ctx.db,
      items.map((item) => judgeLink(item, found)),
    )
  }
}

export function judgeLink(item: ItemRow, found: Map<string, SiteIssue>): VerdictChange {
  const { type, inwardKey, outwardKey } = promiseOf(item, 'link')
  const [from, to] = [found.get(inwardKey), found.get(outwardKey)]
  if (!from || !to) return missing(item)
  if (type === 'jira_subtask' || type === 'jira_epic')
    return judged(
      item,
      to.id,
      to.parentKey === inwardKey
        ? []
        : [{ field: 'parent', promised: inwardKey, found: to.parentKey ?? '' }],
    )
  const ofType = from.links.filter((link) => link.type.toLowerCase() === type.toLowerCase())
  const right = ofType.filter((link) => link.outwardKey === outwardKey)
  if (right.length > 1)
    return judged(item, right[0]?.id ?? '', [
      { field: 'copies', promised: '1', found: String(right.length) },
    ])
  if (right[0]) return judged(item, right[0].id, [])
  const wrong = ofType.find((link) => link.inwardKey === outwardKey)
  if (wrong)
    return judged(item, wrong.id, [
      {
        field: 'direction',
        promised: `${inwardKey} to ${outwardKey}`,
        found: `${outwardKey} to ${inwardKey}`,
      },
    ])
  return missing(item)
}
