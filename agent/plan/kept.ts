import { type Kept, sharesInWords } from '../../shared/filter-shares.ts'
import type { Reason } from '../../shared/plan.ts'
import type { SiteOwned } from '../../shared/site-facts.ts'
import type { Context } from './context.ts'
import type { SharePlan } from './filter-shares.ts'
import { reason } from './item.ts'
import { cut, fold } from './names.ts'
import { asOnSite } from './wanted.ts'

/** What of the site stands for one of the source, and the others there that have the same name. */
export interface Standing<S extends SiteOwned> {
  one: S
  others: S[]
}
type Row = { id: string; name: string; owner: string | null }

/**
 * Pairs filters, or dashboards, of the source with those of the site by their names, each at most once. On a
 * site several may have one name, of different owners: that of the same person is taken first, then that of
 * the token's account, then the oldest. So the same source and site always give the same pairs.
 */
export function standingFor<S extends SiteOwned>(
  { people, site }: Pick<Context, 'people' | 'site'>,
  rows: readonly Row[],
  onSite: readonly S[],
): Map<string, Standing<S>> {
  const byAge = onSite.toSorted((a, b) => Number(a.id) - Number(b.id))
  const byName = Map.groupBy(byAge, ({ name }) => fold(name))
  const used = new Set<string>()
  const pairs = new Map<string, Standing<S>>()
  const pair = (row: Row, fits: (one: S) => boolean) => {
    const all = byName.get(asOnSite(row.name)) ?? []
    const one = all.find((each) => !used.has(each.id) && fits(each))
    if (!one || pairs.has(row.id)) return
    used.add(one.id)
    pairs.set(row.id, { one, others: all.filter((each) => each !== one) })
  }
  const ownedBy = (accountId: string | null | undefined) => (one: S) =>
    one.owner !== null && one.owner.accountId === accountId
  for (const row of rows) pair(row, ownedBy(people.of(row.owner)?.accountId))
  for (const row of rows) pair(row, ownedBy(site.me.accountId))
  for (const row of rows) pair(row, () => true)
  return pairs
}

export const keptOf = ({ id, owner, shares, editors }: SiteOwned): Kept => ({
  ...{ id, shares, editors },
  ownerAccountId: owner?.accountId ?? null,
})

export const ownerName = ({ owner }: SiteOwned): string =>
  owner?.displayName ?? 'somebody whom the site does not tell'

/** Texts in a difference are quoted so far. */
const quoted = 300
export const quote = (text: string): string =>
  text === '' ? 'empty' : `"${cut(text, quoted)}${text.length > quoted ? '…' : ''}"`

/** What a filter or dashboard would have been, had it been made. */
interface Wanted {
  row: Row
  /** As it stands at the source, and as it would have been written: one of them is enough. */
  descriptions: readonly string[]
  shares: SharePlan
}

/** In what the site's differs from the source's, beside what it shows; and which it is where there are several. */
export function* keptLosses(
  { people, site }: Pick<Context, 'people' | 'site'>,
  what: 'filter' | 'dashboard',
  { row, descriptions, shares: plan }: Wanted,
  { one, others }: Standing<SiteOwned>,
): Generator<Reason> {
  const owner = people.of(row.owner)
  if (others.length > 0) yield reason('kept-of-several', chosen(what, owner, site, one, others))
  if (!descriptions.includes(one.description.trim()))
    yield reason(
      'kept-description',
      `The site's ${what} is used and keeps its own description: it is ${quote(one.description.trim())} there, ${quote(descriptions[0] ?? '')} at the source.`,
    )
  if (owner && owner.accountId !== one.owner?.accountId)
    yield reason(
      'kept-owner',
      `The site's ${what} is used and keeps its owner: ${ownerName(one)} owns it there, ${owner.displayName} did at the source.`,
    )
  const own = (all: SiteOwned['shares']) =>
    sharesInWords(
      all.filter(
        (share) =>
          share.to !== 'user' ||
          (share.accountId !== owner?.accountId && share.accountId !== one.owner?.accountId),
      ),
    )
  const [here, there] = [own(plan.shares), own(one.shares)]
  if (here !== there)
    yield reason(
      'kept-shares',
      `The site's ${what} is used and stays shared as it is: with ${there || 'nobody'}; what comes from the source would be shared with ${here || 'nobody'}.`,
    )
  const [mayHere, mayThere] = [own(plan.editors), own(one.editors)]
  if (mayHere !== mayThere)
    yield reason(
      'kept-editors',
      `The site's ${what} is used, and who may change it beside its owner stays as it is: ${mayThere || 'nobody'}; from the source it would be ${mayHere || 'nobody'}.`,
    )
  // That its owner would not own it any more is said above, of the owner that it has.
  yield* plan.losses.filter(({ code }) => code !== `${what}-private`)
}

function chosen(
  what: string,
  owner: { accountId: string | null } | null,
  site: Context['site'],
  one: SiteOwned,
  others: readonly SiteOwned[],
): string {
  const own = one.owner?.accountId
  const why =
    own !== undefined && own === owner?.accountId
      ? 'whose owner is the same person'
      : own !== undefined && own === site.me.accountId
        ? 'which the account of the token owns'
        : 'the oldest that is not used for another'
  const all = [one, ...others].toSorted((a, b) => Number(a.id) - Number(b.id))
  return `The site has ${all.length} ${what}s of this name (${listed(all.map(whose))}): number ${one.id} is used, ${why}.`
}

/** One of the site as a person finds it there. */
export const whose = (one: SiteOwned): string => `number ${one.id} of ${ownerName(one)}`

/** More are counted: a name may be everybody's. */
const most = 5
export const listed = (texts: readonly string[]) =>
  texts.length > most
    ? `${texts.slice(0, most).join(', ')} and ${texts.length - most} more`
    : texts.join(', ')
