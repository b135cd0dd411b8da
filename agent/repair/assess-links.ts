import type { RepairPart } from '../../shared/api-repair.ts'
import type { AdfDoc, AdfNode } from '../../shared/plan.ts'
import { type ItemRow, lossesOf, promiseOf } from '../ledger/items.ts'
import { getMigration } from '../ledger/migrations.ts'
import { hasTexts, type Swap, swapIn, textFields } from '../ledger/rewrites.ts'
import { oldLinksIn } from '../originals/old-links.ts'
import { type Assessment, byHand, done, type Undo } from './assessment.ts'
import type { RepairContext } from './context.ts'
import { textsOnSite } from './links.ts'

/** More links than this in one text are not looked at one by one by anybody. */
const mostLinks = 100
/** Pages that only a server has; what else begins with a slash leads to the same page of the site. */
const serverPath = /^\/secure\//

/**
 * The links of an item's texts to the old server, and the names of people who have an account by now: each is
 * rewritten in the text that stands there, node by node, so that what a person wrote around it stays.
 */
export async function assessLinks(ctx: RepairContext, item: ItemRow): Promise<Assessment> {
  const { kind, issueKey, siteId } = item
  if (!hasTexts(kind) || issueKey === null) return nothing
  const where = { kind, issueKey, id: kind === 'issue' ? null : siteId }
  const there = await textsOnSite(ctx, where)
  if (!there) return byHand('It is not on the site any more.')
  const people = await mentionsOf(ctx, item)
  const parts: RepairPart[] = []
  const texts: Extract<Undo, { how: 'links' }>['texts'] = []
  for (const field of Object.keys(textFields[kind])) {
    const before = there.docs[field]
    if (!before) continue
    const swaps: Swap[] = []
    for (const from of oldIn(before, ctx.oldServer)) {
      const to = await newPlace(ctx, from)
      if (to !== null) swaps.push({ what: 'link', from, to })
      parts.push(linkPart(`${field}, link ${parts.length + 1}`, from, to))
    }
    for (const swap of people) {
      if (JSON.stringify(swapIn(before, [swap])) === JSON.stringify(before)) continue
      swaps.push(swap)
      parts.push(mentionPart(`${field}, mention ${parts.length + 1}`, swap))
    }
    if (swaps.length) texts.push({ field, before, after: swapIn(before, swaps), swaps })
  }
  if (!parts.length) return nothing
  if (!texts.length)
    return byHand('What these links led to was not moved, so their new place is not known.', parts)
  const path = `/rest/api/3/issue/${issueKey}`
  return {
    chance: 'possible',
    why: null,
    parts,
    siteId,
    deed: {
      requests: [`PUT ${kind === 'issue' ? path : `${path}/${kind}/${siteId}`}`],
      send: () => there.write(Object.fromEntries(texts.map((one) => [one.field, one.after]))),
      undo: { how: 'links', ...where, swaps: texts.flatMap((one) => one.swaps), texts },
    },
  }
}

const nothing: Assessment = {
  ...done(null),
  why: 'It is verified, and no link or mention in it is left to rewrite.',
}

const linkPart = (field: string, from: string, to: string | null): RepairPart => ({
  field,
  act: to === null ? null : 'rewrite links',
  source: from,
  migrated: from,
  now: from,
  after: to,
  why: to === null ? 'What it led to was not moved, so its new place is not known.' : null,
  changed: null,
})
const mentionPart = (field: string, { from }: Swap): RepairPart => ({
  ...linkPart(field, from, from),
  after: `${from} (a mention of the account)`,
})

/** The addresses of the old server in a document, as they stand there, each once. */
function oldIn(doc: AdfDoc, oldServer: string | null): string[] {
  if (oldServer === null || !URL.canParse(oldServer)) return []
  const { host } = new URL(oldServer)
  const found = new Set<string>()
  const add = (url: unknown) => {
    if (typeof url !== 'string' || found.size >= mostLinks) return
    if (serverPath.test(url) || (URL.canParse(url) && new URL(url).host === host)) found.add(url)
  }
  const visit = (node: AdfNode) => {
    if (/Card$/.test(node.type)) add(node.attrs?.url)
    for (const mark of node.marks ?? []) if (mark.type === 'link') add(mark.attrs?.href)
    node.content?.forEach(visit)
  }
  doc.content.forEach(visit)
  return [...found]
}

/** Where the same thing is on the site; null where it is not known. */
async function newPlace({ db, migrationId, oldServer }: RepairContext, from: string) {
  if (oldServer === null) return null
  const whole = serverPath.test(from) ? `${oldServer.replace(/\/+$/, '')}${from}` : from
  const migration = await getMigration(db, migrationId)
  const [known] = await oldLinksIn(db, migration, oldServer, [whole])
  return known && known.old === whole && known.url !== from ? known.url : null
}

/** People whom the text names as text because they had no account, and who have one by now. */
async function mentionsOf(ctx: RepairContext, item: ItemRow) {
  if (!hasTexts(item.kind) || !lossesOf(item).some(({ code }) => code === 'mention-as-text'))
    return []
  const names = new Set<string>()
  const visit = (node: AdfNode) => {
    // The plan writes such a name as a node of its own.
    if (node.type === 'text' && /^@\S/.test(node.text ?? '')) names.add((node.text ?? '').slice(1))
    node.content?.forEach(visit)
  }
  const promise = promiseOf(item, item.kind) as unknown as Record<string, AdfDoc | null>
  for (const field of Object.keys(textFields[item.kind])) promise[field]?.content.forEach(visit)
  const found: Extract<Swap, { what: 'mention' }>[] = []
  for (const name of names) {
    const accountId = await ctx.accountOf(name)
    if (accountId !== null) found.push({ what: 'mention', from: `@${name}`, accountId })
  }
  return found
}
