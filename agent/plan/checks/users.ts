import type { UserRow } from '../../../shared/rows.ts'
import type { CheckContext } from './check.ts'
import { planContext } from './plan-context.ts'

export const nameOf = (user: UserRow) => user.displayName?.trim() || user.name || user.key

/** What becomes of the words of somebody without an account. */
export const kept =
  'What they wrote is sent by the account of the token, with their name in its first line.'

/**
 * Those whose account is found by their address: everybody in scope for whom nobody chose otherwise. Deleted
 * users are nobody's concern here: they cannot get an account.
 */
export function* users(context: CheckContext): Generator<UserRow & { address: string }> {
  for (const user of inScope(context))
    if (!context.options.choices?.has(user.key))
      yield { ...user, address: user.email?.trim().toLowerCase() ?? '' }
}

/** Users for whom somebody chose an account that the site does not have any more. */
export function* withLostAccount(context: CheckContext): Generator<UserRow> {
  for (const user of inScope(context)) {
    const choice = context.options.choices?.get(user.key)
    if (choice?.how === 'account' && choice.account === null) yield user
  }
}

function* inScope(context: CheckContext): Generator<UserRow> {
  const only = context.options.scope?.people === 'related'
  const related = only ? (planContext(context).related?.users ?? null) : null
  for (const user of context.snapshot.rows('user'))
    if (!user.deleted && (!related || related.has(user.key))) yield user
}
