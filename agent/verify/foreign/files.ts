import type { Promises } from '../../../shared/plan.ts'
import type { SiteAttachment } from '../../cloud/reading.ts'
import type { FullIssue } from '../../cloud/reading-full.ts'
import { type ItemRow, promiseOf } from '../../ledger/items.ts'
import { madeByRepairs } from '../../ledger/repairs.ts'
import { hashAtSource } from '../attachments.ts'
import { hashOnSite } from '../bytes.ts'
import { type Compared, compareMaking, differences, notKept } from './compare.ts'
import { absent, type ForeignChange, type ForeignContext, found, unseen } from './context.ts'
import { pairUp, type Trait } from './pair.ts'
import type { Judged } from './texts-of-issue.ts'
import { sameTime } from './times.ts'

type Held = Promises['attachment']

const notCompared = {
  code: 'bytes-not-compared',
  text: 'The source has no bytes to compare with: only name and size were.',
}

/** Files by name and size (and, among equal ones, by who attached them when), then byte by byte. */
export async function judgeFiles(
  ctx: ForeignContext,
  items: ItemRow[],
  issue: FullIssue,
): Promise<Judged> {
  const site = issue.attachments
  if (items.length === 0 && site.length === 0) return { changes: [], strangers: [] }
  await ctx.people.know(site.map((one) => one.authorAccountId))
  const held = items.map((item) => promiseOf(item, 'attachment'))
  const pairs = pairFiles(ctx, items, held, site)
  const repaired = await madeByRepairs(ctx.db, ctx.migrationId, issue.key)
  const changes: ForeignChange[] = []
  for (const [i, item] of items.entries()) {
    ctx.signal.throwIfAborted()
    const one = site[pairs.get(i) ?? -1]
    const promise = held[i] as Held
    const isOurs = one !== undefined && repaired.has(one.id)
    changes.push(one ? await judgeFile(ctx, item, promise, one, isOurs) : gone(item, promise))
  }
  const taken = new Set(pairs.values())
  return {
    changes,
    strangers: site
      .filter((_one, j) => !taken.has(j))
      .map(({ id, filename }) => ({
        kind: 'attachment',
        siteId: id,
        label: `${filename} on ${issue.key}`,
        projectKey: issue.projectKey,
        issueKey: issue.key,
      })),
  }
}

/** What not even the source has the bytes of, nobody could migrate. */
function gone(item: ItemRow, { path }: Held): ForeignChange {
  if (path !== '') return absent(item)
  return unseen(
    item,
    'neither the site nor an attachments folder of the source has its file. Give the folder with --attachments to know whether there is one.',
  )
}

function pairFiles(
  ctx: ForeignContext,
  items: ItemRow[],
  held: Held[],
  site: SiteAttachment[],
): Map<number, number> {
  const { keeps } = ctx.survey
  const time = (text: string | null | undefined) =>
    keeps.time.attachment && text ? Date.parse(text) : null
  const isSame = (a: number, b: number) =>
    sameTime(new Date(a).toISOString(), new Date(b).toISOString(), ctx.survey)
  const all = new Map<number, number>()
  // By name and size first, so that no altered file takes the place of an unaltered one of its name.
  for (const text of [(name: string, size: number) => `${name}\n${size}`, (name: string) => name]) {
    const open = [...held.keys()].filter((i) => !all.has(i))
    const taken = new Set(all.values())
    const free = [...site.keys()].filter((j) => !taken.has(j))
    const { pairs } = pairUp(
      open.map((i): Trait => {
        const { filename, size, held: by } = held[i] as Held
        const { author, created } = by ?? { author: null, created: null }
        return {
          id: items[i]?.siteId ?? null,
          text: text(filename, size),
          author: author?.accountId ?? '',
          time: time(created),
        }
      }),
      free.map((j): Trait => {
        const { id, filename, size, authorAccountId, created } = site[j] as SiteAttachment
        return {
          id,
          text: text(filename, size),
          author: authorAccountId ?? '',
          time: time(created),
        }
      }),
      isSame,
      { alike: false },
    )
    for (const [i, j] of pairs) all.set(open[i] as number, free[j] as number)
  }
  return all
}

async function judgeFile(
  ctx: ForeignContext,
  item: ItemRow,
  promise: Held,
  one: SiteAttachment,
  isOurs: boolean,
): Promise<ForeignChange> {
  const at = differences()
  const compared: Compared = { differences: at.all, losses: [] }
  at.value('file name', promise.filename, one.filename)
  if (promise.size >= 0) at.value('size (bytes)', String(promise.size), String(one.size))
  const sized = promise.size < 0 || promise.size === one.size
  if (promise.path === '') compared.losses.push(notCompared)
  else if (sized) {
    const here = await hashAtSource(ctx, item)
    if (typeof here === 'string') at.value('content (SHA-256)', here, await hashThere(ctx, one.id))
    else compared.losses.push(here)
  }
  // What a repair attached again stands under its account, which was said before.
  if (isOurs) compared.losses.push(notKept.author, notKept.times)
  else compareMaking(ctx, 'attachment', promise.held, one, compared)
  return found(item, one.id, compared.differences, compared.losses)
}

/** A file that the site lists and cannot give out is the difference itself. */
async function hashThere(ctx: ForeignContext, id: string): Promise<string> {
  const hash = await hashOnSite(ctx, id)
  return typeof hash === 'string' ? hash : `cannot be opened: ${hash.text}`
}
