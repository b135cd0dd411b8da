import { nothing, ok, refuse } from '../answer.ts'
import { needIssue } from '../issue/find.ts'
import { watch } from '../issue/watch.ts'
import { type Call, param, type Route } from '../site.ts'
import { account, userView } from '../views.ts'

const issueOf = (call: Call) => needIssue(call.store, param(call, 'issueIdOrKey'))

function of(call: Call, table: 'watcher' | 'vote', issueId: number): string[] {
  const sql = `SELECT accountId FROM ${table} WHERE issueId = ? ORDER BY accountId`
  return call.store.rows(sql, issueId).map((row) => String(row.accountId))
}

function person(call: Call, accountId: string): string {
  if (!account(call.store, accountId))
    refuse(404, `The user with account ID '${accountId}' does not exist.`)
  return accountId
}

function listWatchers(call: Call) {
  const issue = issueOf(call)
  const watchers = of(call, 'watcher', issue.id)
  return ok({
    self: `${call.base}/rest/api/3/issue/${issue.id}/watchers`,
    isWatching: watchers.includes(call.site.me),
    watchCount: watchers.length,
    watchers: watchers.map((accountId) => userView(call, accountId)),
  })
}

/** The body is an accountId as a JSON string; without one it is the caller who watches. */
function addWatcher(call: Call) {
  const issue = issueOf(call)
  const given = call.body ?? call.site.me
  if (typeof given !== 'string') refuse(400, 'The account ID must be a JSON string.')
  watch(call, issue.id, person(call, given))
  return nothing()
}

function removeWatcher(call: Call) {
  const issue = issueOf(call)
  const accountId = call.query.get('accountId') ?? refuse(400, 'The accountId is required.')
  const sql = 'DELETE FROM watcher WHERE issueId = ? AND accountId = ?'
  call.store.run(sql, issue.id, person(call, accountId))
  return nothing()
}

function listVotes(call: Call) {
  const issue = issueOf(call)
  const voters = of(call, 'vote', issue.id)
  return ok({
    self: `${call.base}/rest/api/3/issue/${issue.id}/votes`,
    votes: voters.length,
    hasVoted: voters.includes(call.site.me),
    voters: voters.map((accountId) => userView(call, accountId)),
  })
}

/** Nobody votes for another, nor for an issue of their own. */
function vote(call: Call) {
  const issue = issueOf(call)
  if (issue.data.reporter === call.site.me)
    refuse(404, 'You cannot vote for an issue you have reported.')
  call.store.run('INSERT OR IGNORE INTO vote VALUES (?, ?)', issue.id, call.site.me)
  return nothing()
}

function unvote(call: Call) {
  const sql = 'DELETE FROM vote WHERE issueId = ? AND accountId = ?'
  if (call.store.run(sql, issueOf(call).id, call.site.me) === 0)
    refuse(404, 'You cannot remove a vote for an issue that you have not voted for.')
  return nothing()
}

const issue = '/rest/api/3/issue/{issueIdOrKey}'
export const watcherRoutes: Route[] = [
  ['GET', `${issue}/watchers`, listWatchers],
  ['POST', `${issue}/watchers`, addWatcher],
  ['DELETE', `${issue}/watchers`, removeWatcher],
  ['GET', `${issue}/votes`, listVotes],
  ['POST', `${issue}/votes`, vote],
  ['DELETE', `${issue}/votes`, unvote],
]
