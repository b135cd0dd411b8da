import type { Call } from '../site.ts'

/** Jira makes people watch what they create or change, unless they have said no in their preferences. */
export function watchMyself(call: Call, issueId: number): void {
  const sql = `SELECT value FROM preference WHERE accountId = ? AND key = 'user.autowatch.disabled'`
  const preference = call.store.row(sql, call.site.me)?.value
  if (preference !== 'true' && preference !== '"true"') watch(call, issueId, call.site.me)
}

export function watch({ store }: Call, issueId: number, accountId: string): void {
  store.run('INSERT OR IGNORE INTO watcher VALUES (?, ?)', issueId, accountId)
}
