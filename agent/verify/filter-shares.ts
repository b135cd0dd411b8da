import {
  type FilterPromise,
  type Kept,
  type SiteShare,
  sharesInWords,
} from '../../shared/filter-shares.ts'
import type { Difference } from '../../shared/report.ts'

interface Found {
  ownerAccountId: string | null
  shares: readonly SiteShare[]
  editors: readonly SiteShare[]
}

/**
 * Who sees a filter or a dashboard, and who may change it. On a site that another program filled (`foreign`) its owner of
 * the source may own it still, and seeing and changing are one question: its owners do not count there.
 */
export function compareShares(
  promise: Pick<FilterPromise, 'shares' | 'editors' | 'owner'>,
  found: Found,
  foreign: boolean,
): Difference[] {
  const { shares = [], editors = [], owner } = promise
  if (!foreign)
    return [
      ...differing('shared with', shares, found.shares),
      ...differing('may be changed by', editors, found.editors),
    ]
  const owners = [owner, found.ownerAccountId]
  const others = (all: readonly SiteShare[]) =>
    all.filter((share) => share.to !== 'user' || !owners.includes(share.accountId))
  return differing(
    'shared with',
    others([...shares, ...editors]),
    others([...found.shares, ...found.editors]),
  )
}

/** The site's own filter or dashboard, which is used: with the owner and the shares that it had. */
export function compareKept(kept: Kept, found: Found): Difference[] {
  const [owner, now] = [kept.ownerAccountId ?? '', found.ownerAccountId ?? '']
  return [
    ...(owner === now ? [] : [{ field: 'owner', promised: owner, found: now }]),
    ...differing('shared with', kept.shares, found.shares),
    ...differing('may be changed by', kept.editors, found.editors),
  ]
}

function differing(
  field: string,
  promised: readonly SiteShare[],
  found: readonly SiteShare[],
): Difference[] {
  const [a, b] = [sharesInWords(promised), sharesInWords(found)]
  return a === b ? [] : [{ field, promised: a || 'nobody', found: b || 'nobody' }]
}
