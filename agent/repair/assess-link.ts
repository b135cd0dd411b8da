import { must } from '../../shared/assert.ts'
import type { Promises } from '../../shared/plan.ts'
import type { SiteIssue } from '../cloud/reading.ts'
import { differencesOf, type ItemRow, promiseOf } from '../ledger/items.ts'
import { senderOf } from '../push/senders/registry.ts'
import { type Assessment, byHand, done, part } from './assessment.ts'
import { fieldByHand, handWords } from './by-hand.ts'
import { changedSince } from './changed.ts'
import type { RepairContext } from './context.ts'

type Link = Promises['link']

/** A link between issues: made where it is missing, turned round where it leads the wrong way. */
export async function assessLink(ctx: RepairContext, item: ItemRow): Promise<Assessment> {
  const link = promiseOf(item, 'link')
  const { type, inwardKey, outwardKey } = link
  const found = new Map(
    (await ctx.read.issues([inwardKey, outwardKey])).map((one) => [one.key, one]),
  )
  const [from, to] = [found.get(inwardKey), found.get(outwardKey)]
  if (!from || !to) return byHand('One of the two issues is not on the site.')
  if (type === 'jira_subtask' || type === 'jira_epic') return assessParent(ctx, item, link, to)
  const ofType = from.links.filter((one) => one.type.toLowerCase() === type.toLowerCase())
  const right = ofType.filter((one) => one.outwardKey === outwardKey)
  if (right.length > 1) return byHand(must(fieldByHand.copies, 'copies'))
  const one = right[0]
  // The other way round may be wanted, too: then it belongs to another item, and is not this one turned.
  const wrong = (await otherWayWanted(ctx, link))
    ? undefined
    : ofType.find((link) => link.inwardKey === outwardKey)
  const wrongNow = item.verdict === 'different' ? wrong : undefined
  if (one && !wrongNow) return done(one.id)
  const known = await removedOrMade(ctx, item, link)
  const wasThere = item.verdict === 'different' && !wrong
  const way = (a: string, b: string) => `${a} → ${b} (${type})`
  const texts = {
    source: way(inwardKey, outwardKey),
    migrated: item.verdict === 'different' ? way(outwardKey, inwardKey) : '',
    now: wrong ? way(outwardKey, inwardKey) : '',
  }
  const told = part('link', wrongNow ? 'turn link round' : 'create again', texts, {
    changed: known ?? (wasThere ? { who: null, at: null } : null),
    why: null,
  })
  if (told.changed) return { chance: 'changed', why: null, parts: [told], deed: null, siteId: null }
  const create = 'POST /rest/api/3/issueLink'
  return {
    chance: 'possible',
    why: null,
    parts: [told],
    siteId: one?.id ?? null,
    deed: {
      requests: wrongNow ? [create, `DELETE /rest/api/3/issueLink/${wrongNow.id}`] : [create],
      async send(ctx) {
        // The right one first: should the agent die between the two, both ways are there, and none is lost.
        const made = one
          ? ({ ok: true, siteId: one.id } as const)
          : must((await senderOf('link').send(ctx, [item]))[0], 'One item has one outcome.')
        if (!made.ok || !wrongNow) return made
        const gone = await ctx.mend.removeLink(wrongNow.id)
        return gone.ok ? made : gone
      },
      undo: wrongNow
        ? { how: 'turn', wrong: { type, inwardKey: outwardKey, outwardKey: inwardKey } }
        : { how: 'remove', kind: 'link', issueKey: inwardKey, mark: '' },
    },
  }
}

async function otherWayWanted(ctx: RepairContext, link: Link): Promise<boolean> {
  const rows = await ctx.db
    .selectFrom('item')
    .select('promiseJson')
    .where('migrationId', '=', ctx.migrationId)
    .where('issueKey', '=', link.outwardKey)
    .where('kind', '=', 'link')
    .where('promiseJson', 'is not', null)
    .execute()
  return rows
    .map((row) => promiseOf(row, 'link'))
    .some((other) => other.type === link.type && other.outwardKey === link.inwardKey)
}

/** A change of the link in the history of either end since. */
async function removedOrMade(ctx: RepairContext, item: ItemRow, { inwardKey, outwardKey }: Link) {
  for (const [key, other] of [
    [inwardKey, outwardKey],
    [outwardKey, inwardKey],
  ] as const) {
    const found = await changedSince(
      ctx,
      item,
      key,
      ['link', 'issuelinks'],
      ({ from, to }) => names(from, other) || names(to, other),
    )
    if (found) return found
  }
  return null
}
const names = (text: string, key: string) => new RegExp(`(^|\\W)${key}(?!\\w|-)`).test(text)

/** The parent that a sub-task or epic link gives; set by an edit of the lower issue. */
async function assessParent(
  ctx: RepairContext,
  item: ItemRow,
  { inwardKey, outwardKey }: Link,
  child: SiteIssue,
): Promise<Assessment> {
  if (child.parentKey === inwardKey) return done(child.id)
  const history = ['parent', 'issueparentassociation', 'epic link']
  const known = await changedSince(ctx, item, outwardKey, history)
  const migrated = differencesOf(item).find(({ field }) => field === 'parent')?.found
  const moved = migrated !== undefined && migrated !== (child.parentKey ?? '')
  const texts = { source: inwardKey, migrated: migrated ?? '', now: child.parentKey ?? '' }
  const told = part('parent', 'set field', texts, {
    changed: known ?? (moved ? { who: null, at: null } : null),
  })
  if (told.changed) return { chance: 'changed', why: null, parts: [told], deed: null, siteId: null }
  return {
    chance: 'possible',
    why: null,
    parts: [told],
    siteId: child.id,
    deed: {
      requests: [`PUT /rest/api/3/issue/${outwardKey}`],
      send: ({ mend }) => mend.setParent(outwardKey, inwardKey),
      undo: {
        how: 'fields',
        issueKey: outwardKey,
        fields: { parent: child.parentKey === null ? null : { key: child.parentKey } },
        before: { parent: child.parentKey ?? '' },
        after: { parent: inwardKey },
      },
    },
  }
}

/** Fields of a remote link, in the order of a person's reading. */
const remoteFields = ['title', 'url', 'summary', 'relationship'] as const
export const remoteWords = (link: {
  title: string
  url: string
  summary: string | null
  relationship: string | null
}): string => remoteFields.map((field) => link[field] ?? '').join(' | ')

/** A link to another system: the site knows it again by its global id, so writing it is making or mending it. */
export async function assessRemoteLink(ctx: RepairContext, item: ItemRow): Promise<Assessment> {
  const promise = promiseOf(item, 'remoteLink')
  const key = promise.issueKey
  const all = await ctx.read.remoteLinks(key)
  const there =
    all.find((one) => one.globalId === promise.globalId) ??
    all.find((one) => one.url === promise.url)
  if (there && there.globalId !== promise.globalId) return byHand(handWords(item))
  if (there && remoteWords(there) === remoteWords(promise)) return done(there.id)
  const verified = new Map(differencesOf(item).map((one) => [one.field, one]))
  const known = await changedSince(
    ctx,
    item,
    key,
    ['remoteissuelink'],
    ({ from, to }) => from.includes(promise.title) || to.includes(promise.title),
  )
  const parts = remoteFields
    .filter((field) => (there?.[field] ?? '') !== (promise[field] ?? ''))
    .map((field) => {
      const migrated = verified.get(field)?.found ?? (there ? (promise[field] ?? '') : '')
      const now = there?.[field] ?? ''
      const moved = (there || item.verdict === 'different') && migrated !== now
      return part(
        field,
        there ? 'set field' : 'create again',
        { source: promise[field] ?? '', migrated, now },
        { changed: known ?? (moved ? { who: null, at: null } : null) },
      )
    })
  // The site takes the link as a whole: a field that somebody changed would be written over with the others.
  if (parts.some((one) => one.changed))
    return {
      chance: 'changed',
      why: null,
      parts: parts.map((one) => ({ ...one, after: null })),
      deed: null,
      siteId: there?.id ?? null,
    }
  const before = there && {
    ...promise,
    title: there.title,
    url: there.url,
    summary: there.summary,
    relationship: there.relationship,
  }
  return {
    chance: 'possible',
    why: null,
    parts,
    siteId: there?.id ?? null,
    deed: {
      requests: [`POST /rest/api/3/issue/${key}/remotelink`],
      send: async (to) =>
        must((await senderOf('remoteLink').send(to, [item]))[0], 'One item has one outcome.'),
      undo: before
        ? { how: 'remoteLink', before, after: remoteWords(promise) }
        : { how: 'remove', kind: 'remoteLink', issueKey: key, mark: promise.globalId },
    },
  }
}

export async function assessWatcher(ctx: RepairContext, item: ItemRow): Promise<Assessment> {
  const { issueKey, accountId } = promiseOf(item, 'watcher')
  if ((await ctx.read.watchers(issueKey)).includes(accountId)) return done(accountId)
  const told = part('watcher', 'create again', { source: item.label, migrated: '', now: '' })
  return {
    chance: 'possible',
    why: 'Jira does not record whether a person stopped watching; if so, they can stop again.',
    parts: [told],
    siteId: null,
    deed: {
      requests: [`POST /rest/api/3/issue/${issueKey}/watchers`],
      send: async (to) =>
        must((await senderOf('watcher').send(to, [item]))[0], 'One item has one outcome.'),
      undo: { how: 'remove', kind: 'watcher', issueKey, mark: accountId },
    },
  }
}
