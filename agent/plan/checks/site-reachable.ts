import { block, check, fine, siteProblem } from './check.ts'

/** Codes of a site that answers, but not to us: no waiting mends these. */
const refused = new Set(['site-token-refused', 'site-permission-missing', 'site-refused', 'usage'])

export const siteReachable = check({
  key: 'site-reachable',
  group: 'site',
  title: 'Site reachable with the token',
  canOverride: false,
  say(_none, { site, siteKind }) {
    if (siteKind === 'empty') return fine('No site was named: a fresh one is presumed.')
    if (site.facts) return fine(`${site.facts.url} answers, as ${site.facts.me.displayName}.`)
    // A site that is away is asked again later; only one that says no blocks.
    if (!refused.has(site.problem.code)) throw siteProblem(site.problem)
    return block(site.problem.sentence, site.problem.hint)
  },
})
