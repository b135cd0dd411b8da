import { promiseOf } from '../../ledger/items.ts'
import { candidates, type VerifyContext } from '../judge.ts'
import { absent, type ForeignChange, found, unseen } from './context.ts'
import { settle } from './settle.ts'

/** So many accounts are asked for in one request. */
const aPage = 100

/** People: the account of their address, or of the other program's ids, is there and is theirs. */
export async function verifyAccounts(ctx: VerifyContext, next: () => Promise<void>): Promise<void> {
  for (let after = 0; ; ) {
    await next()
    const items = await candidates(ctx, ['user'], after, aPage)
    const last = items.at(-1)
    if (!last) return
    after = last.seq
    const ids = items.flatMap((item) => item.siteId ?? (promiseOf(item, 'user').accountId || []))
    const there = new Map((await ctx.read.accounts(ids)).map((one) => [one.accountId, one]))
    const changes: ForeignChange[] = []
    for (const item of items) {
      const promise = promiseOf(item, 'user')
      const one = there.get(item.siteId ?? promise.accountId)
      if (one) {
        const [held, site] = [
          promise.email?.toLowerCase() ?? null,
          one.email?.toLowerCase() ?? null,
        ]
        const differs = held !== null && site !== null && held !== site
        changes.push(
          found(
            item,
            one.accountId,
            differs ? [{ field: 'email', promised: held, found: site }] : [],
          ),
        )
      } else changes.push(await byName(ctx, item, promise))
    }
    await settle(ctx.db, changes)
  }
}

/** Whoever hides their address is found by name, which is less than proof: it is said so. */
async function byName(
  ctx: VerifyContext,
  item: Parameters<typeof found>[0],
  promise: { displayName: string; email: string | null },
): Promise<ForeignChange> {
  const named = (await ctx.read.findAccounts(promise.displayName)).filter(
    (one) => one.displayName.trim().toLowerCase() === promise.displayName.trim().toLowerCase(),
  )
  const hidden = named.filter((one) => one.email === null || one.email === '')
  if (hidden.length > 0)
    return unseen(
      item,
      `${promise.displayName} has an account that hides its e-mail address, so that nobody can tell whether it is theirs. Give an id-mappings.csv, or ask them.`,
    )
  return absent(item)
}
