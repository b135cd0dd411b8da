import { block, check, fine, noSite, siteAway } from './check.ts'

/** Codes of a site that answers, but not to us: no waiting mends these. */
const refused = new Set(['site-token-refused', 'site-permission-missing', 'site-refused', 'usage'])

export const siteReachable = check({
  key: 'site-reachable',
  group: 'site',
  title: 'Site reachable with the token',
  worst: 'error',
  canOverride: false,
  say(_none, { site, siteKind }) {
    if (site.facts) return fine(`${site.facts.url} answers, as ${site.facts.me.displayName}.`)
    if (siteKind === 'empty') return noSite
    // A site that is away is asked again later; only one that says no blocks.
    return refused.has(site.problem.code)
      ? block(site.problem.sentence, site.problem.hint)
      : siteAway(site.problem)
  },
})
