import { Window } from 'happy-dom'
import { describe, expect, test } from 'vitest'
import { keysOf, shownIssues } from '../../extension/overlay/marks/collect.ts'
import { pagePill } from '../../extension/overlay/pages/pill.ts'
import { subjectOf } from '../../extension/overlay/place.ts'
import type { PageCountView } from '../../shared/api-pages.ts'

describe('what a page of the site is about', () => {
  test.each([
    ['/jira/software/c/projects/PAY/boards/7', { kind: 'board', board: '7', project: 'PAY' }],
    ['/jira/software/projects/PAY/boards/7/backlog', { kind: 'board', board: '7', project: 'PAY' }],
    ['/jira/boards/7', { kind: 'board', board: '7', project: null }],
    ['/jira/people/5b10/boards/7', { kind: 'board', board: '7', project: null }],
    ['/jira/people/5b10', null],
    ['/secure/RapidBoard.jspa?rapidView=7', { kind: 'board', board: '7', project: null }],
    ['/secure/RapidBoard.jspa?rapidView=x', null],
    [
      '/jira/software/c/projects/PAY/boards/7?selectedIssue=PAY-1',
      { kind: 'issue', issue: 'PAY-1' },
    ],
    ['/issues/?filter=10001', { kind: 'filter', filter: '10001' }],
    ['/issues/?filter=-4', null],
    ['/issues/?filter=10001&jql=labels%20%3D%20x', { kind: 'jql', jql: 'labels = x' }],
    ['/issues/PAY-1?filter=10001', null],
    ['/jira/software/c/projects/PAY/issues?filter=9', { kind: 'filter', filter: '9' }],
    ['/jira/software/c/projects/PAY/issues/?jql=%20', { kind: 'project', project: 'PAY' }],
    ['/jira/people', { kind: 'people' }],
    ['/secure/admin/user/UserBrowser.jspa', { kind: 'people' }],
    ['/admin/groups', { kind: 'people' }],
    ['/jira/dashboards/10000', null],
  ])('%s', (path, subject) => {
    expect(subjectOf(new URL(path, 'https://acme.atlassian.net'))).toEqual(subject)
  })

  test('a search is cut where the agent would no longer read it', () => {
    const address = new URL('https://acme.atlassian.net/issues/')
    address.searchParams.set('jql', 'x'.repeat(60_000))
    expect(subjectOf(address)).toMatchObject({ kind: 'jql', jql: 'x'.repeat(50_000) })
  })
})

describe('the keys that a page shows', () => {
  const page = (html: string) => {
    const { document } = new Window()
    document.body.innerHTML = html
    return shownIssues(document as never)
  }
  test('are read from links and from what Jira calls its keys, each place once', () => {
    const shown = page(`
      <table><tr><td data-testid="business-list.ui.list-view.key-cell.issue-key"><a href="/browse/PAY-1">PAY-1</a></td>
        <td><a href="/browse/PAY-1">The summary</a></td></tr></table>
      <span data-testid="platform-card.common.ui.key.key">PAY-2</span>
      <a href="https://acme.atlassian.net/browse/PAY-3?x=1">Only a summary</a>
      <a href="/browse/PAY-3">Again</a>
      <a href="/browse/PAY">A project</a><a href="/browse/nonsense-1">none</a>
      <span>PAY-9</span>`)
    expect(shown.map(({ issueKey, element }) => [issueKey, element.textContent])).toEqual([
      ['PAY-1', 'PAY-1'],
      ['PAY-2', 'PAY-2'],
      ['PAY-3', 'Only a summary'],
    ])
  })

  test('are at most five hundred, none of them twice', () => {
    const links = Array.from({ length: 1200 }, (_, i) => {
      const key = `PAY-${Math.floor(i / 2) + 1}`
      return `<a href="/browse/${key}">${key}</a>`
    })
    expect(new Set(keysOf(page(links.join('')))).size).toBe(500)
  })
})

test('a count that cannot be told is never said to be the same', () => {
  const view: PageCountView = {
    migration: { id: 'm', name: 'M' },
    name: 'Board',
    source: null,
    site: 3,
    onlySource: [],
    onlySite: [],
    onlySourceCount: 0,
    onlySiteCount: 0,
    jql: null,
    why: 'It asks for history.',
  }
  const pill = (change: Partial<PageCountView>) =>
    pagePill({ state: 'board', view: { ...view, ...change }, project: null })
  expect(pill({})).toEqual({ shape: 'question', words: '? there, 3 here' })
  expect(pill({ source: 3 })?.shape).toBe('tick')
  // As many, but not the same ones.
  expect(pill({ source: 3, onlySourceCount: 1, onlySiteCount: 1 })?.shape).toBe('notEqual')
})
