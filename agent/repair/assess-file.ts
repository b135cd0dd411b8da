import { stat } from 'node:fs/promises'
import { absent } from '../../shared/absent.ts'
import { must } from '../../shared/assert.ts'
import { type ItemRow, promiseOf } from '../ledger/items.ts'
import { senderOf } from '../push/senders/registry.ts'
import { hashAtSource, sha256 } from '../verify/attachments.ts'
import { takenIds } from './assess-text.ts'
import { type Assessment, byHand, done, part } from './assessment.ts'
import { handWords } from './by-hand.ts'
import { changedSince } from './changed.ts'
import type { RepairContext } from './context.ts'

/**
 * A file: attached again where it is missing or not the source's. A file that is there is never deleted, so a
 * wrong one stays beside the right one, for a person to remove.
 */
export async function assessFile(ctx: RepairContext, item: ItemRow): Promise<Assessment> {
  const promise = promiseOf(item, 'attachment')
  const { issueKey, filename, size, path } = promise
  const [issue] = await ctx.read.issues([issueKey])
  if (!issue) return byHand(`${issueKey} is not on the site. ${handWords(item)}`)
  if (path === '')
    return byHand(
      'The bytes of this file are not on this agent: give the attachments folder of the source, then verify again.',
    )
  const live = /^https?:/.test(path)
  if (live && !ctx.fetchFile)
    return byHand(
      'The bytes of this file are at a live source, and this migration has none: copy it, give its source again, and run the copy.',
    )
  const here = live ? null : await stat(path).catch(absent)
  if (!live && here?.size !== size)
    return byHand(
      `The file is ${here ? 'not as it was planned' : 'not there any more'}: ${path}. Put it back, then try again.`,
    )
  const taken = await takenIds(ctx, 'attachment', issueKey)
  const wanted = await hashAtSource(ctx, item)
  if (typeof wanted !== 'string') return byHand(wanted.text)
  for (const file of issue.attachments) {
    const fits = file.filename === filename && file.size === size
    if (!fits || (taken.has(file.id) && file.id !== item.siteId)) continue
    if ((await sha256(await ctx.read.content(file.id))) === wanted) return done(file.id)
  }
  const known = await changedSince(
    ctx,
    item,
    issueKey,
    ['attachment'],
    (one) => one.to === '' && one.from === filename,
  )
  const old = issue.attachments.find((file) => file.id === item.siteId)
  const wasThere = item.verdict === 'different' && item.siteId !== null && !old
  const changed = known ?? (wasThere ? { who: null, at: null } : null)
  const texts = {
    source: `${filename}, ${bytes(size)}`,
    migrated: old ? `${old.filename}, ${bytes(old.size)}` : '',
    now: old ? `${old.filename}, ${bytes(old.size)}` : '',
  }
  const told = part('file', 'attach again', texts, {
    changed,
    why: changed && 'It was removed on the site after the migration, so it is not attached again.',
  })
  if (changed) return { chance: 'changed', why: null, parts: [told], deed: null, siteId: null }
  return {
    chance: 'possible',
    why: old
      ? 'The file that is there stays; remove it by hand once the right one is beside it.'
      : null,
    parts: [told],
    siteId: null,
    deed: {
      requests: [`POST /rest/api/3/issue/${issueKey}/attachments`],
      send: async (to) =>
        must((await senderOf('attachment').send(to, [item]))[0], 'One item has one outcome.'),
      undo: { how: 'remove', kind: 'attachment', issueKey, mark: '' },
    },
  }
}

const bytes = (size: number) => `${size.toLocaleString('en')} bytes`
