/** Tells the person what changed: the badge on the button, and a notification for each status change. */
import type { MigrationView } from '../../shared/api.ts'
import { takeNotices } from '../cache/changes.ts'
import type { Reach } from '../cache/db.ts'
import { allMigrations, readReach } from '../cache/questions.ts'
import { notify, setBadge } from '../platform.ts'
import { readPreferences } from '../settings.ts'
import { badgeWords, noticeWords } from '../words.ts'

/** Badge colours carry white text at 4.5:1 and more. */
const colours = { calm: '#1558bc', attention: '#974f0c' }

/** Brings badge and notifications up to what the cache holds. */
export async function attend(): Promise<void> {
  const badge = badgeOf(await allMigrations(), await readReach())
  await setBadge(badge.text, badge.colour, badge.title)
  const notices = await takeNotices()
  if (!(await readPreferences()).notifications) return
  // Of several changes of one migration only the last is still true.
  const last = new Map(notices.map((notice) => [notice.migrationId, notice]))
  const told = await Promise.allSettled(
    [...last.values()].map(({ migrationId, name, status, reason }) =>
      notify(migrationId, name, noticeWords(status, reason)),
    ),
  )
  for (const result of told) if (result.status === 'rejected') console.error(result.reason)
}

/**
 * What stands on the button. Calm on purpose: the share done while something runs, else how many
 * things need a person, else nothing; '!' only when a running migration can no longer be seen.
 */
export function badgeOf(
  migrations: MigrationView[],
  reach: Reach | null,
): { text: string; colour: string; title: string } {
  const shown = migrations.filter((row) => !row.archived)
  const running = shown.find((row) => row.status === 'running')
  if (reach?.state === 'away' && running)
    return { text: '!', colour: colours.attention, title: badgeWords.away }
  if (reach?.state === 'here' && running) {
    const { done, total, sentence } = running.progress
    const text = total === 0 ? '0%' : `${Math.floor((100 * done) / total)}%`
    return { text, colour: colours.calm, title: badgeWords.running(running.name, sentence) }
  }
  const needs = shown.reduce((sum, row) => sum + row.needsAttention, 0)
  if (needs === 0) return { text: '', colour: colours.calm, title: badgeWords.idle }
  // Four characters fit on the button.
  const text = needs > 999 ? '999+' : String(needs)
  return { text, colour: colours.attention, title: badgeWords.needs(needs) }
}
