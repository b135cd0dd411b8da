/** Tells the person what changed: the badge on the button, and a notification for each change to tell of. */
import type { MigrationView } from '../../shared/api.ts'
import { noticesTold, untoldNotices } from '../cache/changes.ts'
import type { Notice, Reach } from '../cache/db.ts'
import { otherId, otherOf } from '../cache/others.ts'
import { readNeeds, readReach, recentMigrations } from '../cache/questions.ts'
import { notify, setBadge } from '../platform.ts'
import { readPreferences } from '../settings.ts'
import { badgeWords } from '../words.ts'
import { appNoticeText, appNoticeTitle } from '../words-apps.ts'
import { noticesWords, noticeText } from '../words-watch.ts'

/** Badge colours carry white text at 4.5:1 and more. */
const colours = { calm: '#1558bc', attention: '#974f0c' }

/** So many are looked through for one that moves; more do not run side by side. */
const mostRunning = 10
/** More than so many at once (the browser was closed for long) become one. */
const mostNotices = 4
/** The notification that stands for many; a click on it opens the list. */
const manyNotices = 'many'

/** What a notification is about: a migration by its id, or apps of one by the place where they stand. */
function idOf({ migrationId, app }: Notice): string {
  // Of another agent the migration itself is opened: that agent is taken in use first.
  if (app === undefined || otherOf(migrationId)) return migrationId
  const place = `#/m/${encodeURIComponent(migrationId)}/apps`
  return app.key === null ? place : `${place}?${new URLSearchParams({ app: app.key })}`
}

/** Where a click on a notification leads, as the address after the page. */
export const placeOfNotice = (id: string): string =>
  (otherOf(id)?.id ?? id) === manyNotices
    ? '#/'
    : id.startsWith('#/')
      ? id
      : `#/m/${encodeURIComponent(otherOf(id)?.id ?? id)}`

let turn: Promise<void> = Promise.resolve()

/** Brings badge and notifications up to what the cache holds; one call after the other, or both would tell. */
export function attend(): Promise<void> {
  const mine = turn.then(showAll)
  turn = mine.catch(() => {})
  return mine
}

async function showAll(): Promise<void> {
  const first = await recentMigrations(mostRunning)
  const badge = badgeOf(first, (await readNeeds()).things, await readReach())
  await setBadge(badge.text, badge.colour, badge.title)
  const notices = await untoldNotices()
  if (notices.length === 0) return
  const { notifications, notify: wanted } = await readPreferences()
  // Of several changes of one migration, or of one app, only the last is still true.
  const about = Map.groupBy(
    notices.filter(({ kind }) => wanted[kind]),
    idOf,
  )
  const last = [...about.values()].flatMap((all) => all.slice(-1))
  const tellings = notifications ? tellingsOf(last) : []
  // What could not be told is told the next time: the same id stands for it, so that it is never told twice.
  const lost = new Set<string>()
  for (const { id, title, text, of } of tellings)
    await notify(id, title, text).catch((error: unknown) => {
      console.error(error)
      for (const one of of) lost.add(idOf(one))
    })
  await noticesTold(notices.filter((notice) => !lost.has(idOf(notice))))
}

interface Telling {
  id: string
  title: string
  text: string
  of: Notice[]
}

function tellingsOf(notices: Notice[]): Telling[] {
  if (notices.length <= mostNotices)
    return notices.map((notice) => {
      const { app, name } = notice
      return app === undefined
        ? { id: idOf(notice), title: name, text: noticeText(notice), of: [notice] }
        : {
            id: idOf(notice),
            title: appNoticeTitle(app, name),
            text: appNoticeText(app),
            of: [notice],
          }
    })
  const named = notices.map((one) =>
    one.app ? { ...one, name: appNoticeTitle(one.app, one.name) } : one,
  )
  const title = noticesWords.title(notices.length)
  return [{ id: manyId(notices), title, text: noticesWords.text(named), of: notices }]
}

/** Where all of them are of one other agent, a click takes that one in use. */
function manyId(notices: readonly Notice[]): string {
  const [first, ...more] = new Set(notices.map((one) => otherOf(one.migrationId)?.address ?? null))
  return first && more.length === 0 ? otherId(first, manyNotices) : manyNotices
}

/**
 * What stands on the button. Calm on purpose: the share done while something runs, else how many
 * things need a person, else nothing; '!' only when a running migration can no longer be seen.
 * @param first those in use that run, or at least the first of them
 * @param needs how many things of those in use need a person
 */
export function badgeOf(
  first: MigrationView[],
  needs: number,
  reach: Reach | null,
): { text: string; colour: string; title: string } {
  const runs = first.filter((row) => row.status === 'running' && !row.archived)
  // One that waits tells less than one that moves.
  const running = runs.find((row) => row.activity !== 'paused') ?? runs[0]
  if (reach?.state === 'away' && running)
    return { text: '!', colour: colours.attention, title: badgeWords.away }
  if (reach?.state === 'here' && running) {
    const { done, total, sentence } = running.progress
    const text = total === 0 ? '0%' : `${Math.floor((100 * done) / total)}%`
    return { text, colour: colours.calm, title: badgeWords.running(running.name, sentence) }
  }
  if (needs === 0) return { text: '', colour: colours.calm, title: badgeWords.idle }
  // Four characters fit on the button.
  const text = needs > 999 ? '999+' : String(needs)
  return { text, colour: colours.attention, title: badgeWords.needs(needs) }
}
