import type { Store } from '../store.ts'
import { type Html, html } from './html.ts'

/** People and groups on one page. */
const mostShown = 500

/** The people of the site, as its administrator sees them. */
export function peoplePage(store: Store): { title: string; content: Html } {
  const rows = store
    .rows('SELECT data FROM account ORDER BY name LIMIT ?', mostShown)
    .map((row) => {
      const { displayName, email, active } = JSON.parse(String(row.data)) as {
        displayName: string
        email: string
        active: boolean
      }
      return html`<tr><td>${displayName}</td><td>${email}</td><td>${active ? 'Active' : 'Inactive'}</td></tr>`
    })
  return {
    title: 'People',
    content: html`<h1>People</h1><table><tr><th>Name</th><th>E-mail</th><th>Access</th></tr>${rows}</table>`,
  }
}

/** The groups of the site with how many members each has. */
export function groupsPage(store: Store): { title: string; content: Html } {
  const rows = store.all('group').map(({ id, data }) => {
    const members = store.row('SELECT count(*) AS n FROM member WHERE groupId = ?', id)?.n
    return html`<tr><td>${data.name}</td><td>${String(members)}</td></tr>`
  })
  return {
    title: 'Groups',
    content: html`<h1>Groups</h1><table><tr><th>Name</th><th>Members</th></tr>${rows}</table>`,
  }
}
