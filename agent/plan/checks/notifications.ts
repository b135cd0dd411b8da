import { Problem } from '../../../shared/problem.ts'
import type { NotificationScheme } from '../../../shared/site-schemes.ts'
import {
  type CheckOffender,
  chosen,
  fine,
  plural,
  siteCheck,
  type WithSite,
  warn,
} from './check.ts'

/**
 * What a run does that the REST API has no notifyUsers for (facts of Jira Cloud's API: creating issues and
 * comments, files and links, transitions, deleting), by the number of Jira's own event. Edits, worklogs and
 * resolutions are sent with notifyUsers=false.
 */
const causes: Readonly<Record<string, string>> = {
  1: 'each issue that is created',
  2: 'each file and link',
  6: 'each comment',
  8: 'each filler that is deleted again',
  13: 'each status that is reached',
}

const words: Readonly<Record<string, string>> = {
  CurrentAssignee: 'the assignee',
  Reporter: 'the reporter',
  CurrentUser: 'the account of the token',
  ProjectLead: "the project's lead",
  ComponentLead: 'component leads',
  AllWatchers: 'watchers',
  User: 'single users',
  Group: 'the group',
  ProjectRole: 'a project role',
  EmailAddress: 'an e-mail address',
  UserCustomField: 'users of a field',
  GroupCustomField: 'groups of a field',
}
/** Jira tells nobody of what they did themselves, and here the token's account does all. */
const himself = 'CurrentUser'
/** With nobody but the token's account on an issue, these are nobody. */
const ofTheIssue = new Set([
  'CurrentAssignee',
  'Reporter',
  'ProjectLead',
  'ComponentLead',
  'AllWatchers',
])

type Event = NotificationScheme['events'][number]

/** The events that a run causes and somebody is told of; people: whether accounts of others could be on an issue. */
function loudEvents({ events }: NotificationScheme, people: boolean): Event[] {
  return events.flatMap((event) => {
    if (!Object.hasOwn(causes, event.id)) return []
    const recipients = event.recipients.filter(
      ({ type }) => type !== himself && (people || !ofTheIssue.has(type)),
    )
    return recipients.length ? [{ ...event, recipients }] : []
  })
}

function schemeOf({ site }: WithSite): NotificationScheme | null {
  const { mails } = site.more
  if (!('problem' in mails)) return mails.scheme
  throw new Problem(
    'site-permission-missing',
    `The site's notification schemes could not be asked. ${mails.problem.sentence}`,
    {
      hint: `${mails.problem.hint} Or look yourself (Settings, Work items, Notification schemes) whether the default one is empty.`,
      again: true,
    },
  )
}

/** Accounts that the source's people have on the site, without the token's own. */
const peopleOf = ({ site }: WithSite): ReadonlyMap<string, string> =>
  new Map(
    Object.values(site.facts.accounts).flatMap(({ accountId, displayName }) =>
      accountId === site.facts.me.accountId ? [] : [[accountId, displayName]],
    ),
  )

const told = ({ recipients }: Event): string =>
  [
    ...new Set(
      recipients.map(({ type, parameter }) => {
        const word = words[type] ?? type
        return type === 'Group' && parameter ? `${word} ${parameter}` : word
      }),
    ),
  ].join(', ')

/** What the events of the source's scheme of a project are, by number; empty where the project has none. */
function sourceEvents({ snapshot }: WithSite): (projectId: string) => ReadonlySet<string> {
  const events = new Map<string, Set<string>>()
  for (const { schemeId, eventId } of snapshot.rows('notification'))
    events.set(schemeId, (events.get(schemeId) ?? new Set()).add(eventId))
  const schemes = new Map<string, string>()
  for (const { projectId, kind, schemeId } of snapshot.rows('projectScheme'))
    if (kind === 'notification') schemes.set(projectId, schemeId)
  return (projectId) => events.get(schemes.get(projectId) ?? '') ?? new Set()
}

/** A new project comes into the site's default notification scheme, which mails while a run writes. */
export const notifications = siteCheck({
  key: 'notifications',
  group: 'site',
  title: 'Mails that the site would send',
  worst: 'warning',
  canOverride: true,
  lists: {
    events: ['event that a run causes is told of', 'events that a run causes are told of'],
    people: [
      'person of the source has an account that could be told',
      'people of the source have an account that could be told',
    ],
  },
  *ask(context): Generator<CheckOffender> {
    if (context.siteKind !== 'cloud') return
    const scheme = schemeOf(context)
    const people = peopleOf(context)
    const loud = scheme ? loudEvents(scheme, people.size > 0) : []
    for (const event of loud) {
      const subject = event.name || `Event ${event.id}`
      const detail = `Told: ${told(event)}. Caused by ${causes[event.id]}.`
      yield { subject, detail }
      yield { subject, detail, list: 'events' }
    }
    if (!loud.length) return
    for (const [accountId, name] of people)
      yield { subject: name, detail: `Account ${accountId}`, list: 'people' }
    const known = sourceEvents(context)
    for (const { id, key } of chosen(context)) {
      const own = known(id)
      const silent = loud.filter((event) => !own.has(event.id))
      if (silent.length)
        yield {
          subject: key,
          projectKey: key,
          detail: `At the source nobody is told of ${silent.map(({ name }) => `"${name}"`).join(', ')}.`,
        }
    }
  },
  say(n, context) {
    if (context.siteKind === 'practice') return fine('The practice site sends no mails.')
    const scheme = schemeOf(context)
    if (!scheme) return fine('The site has no notification scheme: nobody is told of anything.')
    const people = peopleOf(context).size
    const loud = loudEvents(scheme, people > 0)
    if (!n || !loud.length)
      return fine(
        `New projects come into the scheme "${scheme.name}", and nobody but the account of the token would be told of what a run does.`,
      )
    const who = people
      ? `up to ${plural(people, 'person', 'people')} of the source with an account would get mails`
      : 'groups, roles or addresses in it would get mails'
    return warn(
      `New projects come into the scheme "${scheme.name}", which tells of ${plural(loud.length, 'event', 'events')} that a run causes: ${who}.`,
      'Empty this scheme for the time of the run (Settings, Work items, Notification schemes), or turn the outgoing mail off (Settings, System, Outgoing mail). The REST API has no way to create issues and comments silently.',
    )
  },
})
