import { Problem } from '../../../shared/problem.ts'
import type { SiteApplication } from '../../../shared/site-schemes.ts'
import { type CheckOffender, fine, plural, siteCheck, type WithSite, warn } from './check.ts'
import { nameOf, users } from './users.ts'

/** The application that people of a migrated Jira work in; the plan of another one is not theirs. */
const isJira = ({ key }: SiteApplication) => /^jira-(software|core)$/.test(key)

/** Active people whom the site has no account for, and for whom nobody chose otherwise; an address counts once. */
function* needing(context: WithSite): Generator<CheckOffender> {
  const { site } = context
  const seen = new Set<string>()
  for (const user of users(context)) {
    const { address } = user
    if (!user.active || !address) continue
    if (site.facts.accounts[address] || seen.has(address)) continue
    seen.add(address)
    yield { subject: nameOf(user), detail: address }
  }
}

/** The seats that are left in the fullest of Jira's applications; null = as many as one likes. */
function seats({ site }: WithSite): { name: string; left: number } | null {
  const { seats } = site.more
  if ('problem' in seats)
    throw new Problem(
      'site-permission-missing',
      `The seats could not be asked. ${seats.problem.sentence}`,
      {
        hint: `${seats.problem.hint} Or look at them yourself (admin.atlassian.com, Billing).`,
        again: true,
      },
    )
  const own = seats.applications.filter(isJira)
  const limited = (own.length ? own : seats.applications).flatMap(({ name, unlimited, left }) =>
    unlimited || left === null || left < 0 ? [] : [{ name, left }],
  )
  return limited.sort((a, b) => a.left - b.left)[0] ?? null
}

export const seatsOfPlan = siteCheck({
  key: 'seats',
  group: 'site',
  title: "Seats of the site's plan",
  worst: 'warning',
  canOverride: true,
  *ask(context): Generator<CheckOffender> {
    const plan = seats(context)
    if (plan === null) return
    let people = 0
    for (const _ of needing(context)) people += 1
    if (people > plan.left) yield* needing(context)
  },
  say(n, context) {
    const plan = seats(context)
    if (plan === null) return fine("The site's plan has a seat for everybody.")
    const left = plural(plan.left, 'seat is', 'seats are')
    return n
      ? warn(
          `${left} left for ${plan.name} on the site, and ${plural(n, 'active person of the source has', 'active people of the source have')} no account there yet.`,
          'Take a larger plan before you invite them (admin.atlassian.com, Billing), or invite only those who still need Jira. Whoever has no account keeps their name in the first line of what they wrote.',
        )
      : fine(
          `${left} left for ${plan.name} on the site, enough for everybody who has no account yet.`,
        )
  },
})
