import type { Reason } from '../../shared/plan.ts'
import { cleanText } from './adf.ts'
import type { Context } from './context.ts'
import { reason } from './item.ts'
import { nameLeftOut } from './people.ts'

/** The description that a filter or dashboard gets, which says whose it was, and what is told of its owner. */
export function ownerWords(
  { people, site }: Pick<Context, 'people' | 'site'>,
  what: 'filter' | 'dashboard',
  row: { owner: string | null; description: string | null },
): { description: string; losses: Reason[]; accountId: string | null } {
  const owner = people.of(row.owner)
  const words = [cleanText(row.description ?? '').trim()]
  const losses: Reason[] = []
  if (owner?.leftOut) losses.push(nameLeftOut('Its owner'))
  else if (owner && owner.accountId !== site.me.accountId) {
    words.push(`Owner before the migration: ${owner.displayName}.`)
    const told = `${owner.displayName} owned it: on the site ${site.me.displayName} does, and its description says whose it was.${owner.accountId ? ` ${owner.displayName} may see and change it there.` : ''}`
    losses.push(what === 'filter' ? reason('filter-owner', told) : reason('dashboard-owner', told))
  }
  const description = words.filter(Boolean).join('\n')
  return { description, losses, accountId: owner?.accountId ?? null }
}
