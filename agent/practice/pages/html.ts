/** Text made safe to stand in HTML, also within quotes. */
export const safe = (text: string): string =>
  text.replace(/[&<>"']/g, (each) => `&#${each.codePointAt(0)};`)

/** HTML that is known to be safe. */
export interface Html {
  html: string
}
const isHtml = (value: unknown): value is Html =>
  typeof value === 'object' && value !== null && 'html' in value

/** A template whose values are escaped, unless they are Html (or lists of it) themselves. */
export function html(parts: TemplateStringsArray, ...values: (string | number | Html | Html[])[]) {
  const show = (value: string | number | Html | Html[] | undefined): string => {
    if (value === undefined) return ''
    if (Array.isArray(value)) return value.map(show).join('')
    return isHtml(value) ? value.html : safe(String(value))
  }
  return { html: parts.map((part, index) => part + show(values[index])).join('') }
}

/**
 * Goes to other pages of the site without a reload, as Jira does: fetches the page, puts its content
 * in place, and tells by pushState. What is not a page of this kind is followed as usual.
 */
const script = `
async function show(url) {
  const page = await fetch(url, { headers: { accept: 'text/html' } })
  const next = new DOMParser().parseFromString(await page.text(), 'text/html')
  document.querySelector('#content').replaceWith(next.querySelector('#content'))
  document.title = next.title
}
document.addEventListener('click', async (event) => {
  const link = event.target.closest && event.target.closest('a[href^="/"]')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.hasAttribute('download')) return
  event.preventDefault()
  history.pushState(null, '', link.href)
  await show(link.href)
})
addEventListener('popstate', () => show(location.href))
`

const style = `
body{margin:0;font:14px/1.5 system-ui,sans-serif;color:#172b4d;background:#fff}
header{display:flex;gap:24px;align-items:center;padding:12px 24px;border-bottom:1px solid #dfe1e6}
.body{display:flex}nav{width:220px;padding:16px 24px;border-right:1px solid #dfe1e6;min-height:90vh;box-sizing:border-box}
nav a{display:block;padding:4px 0}main{flex:1;padding:16px 24px;min-width:0}a{color:#0055cc}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:6px 8px;border-bottom:1px solid #ebecf0}
.columns{display:flex;gap:12px}.column{flex:1;background:#f4f5f7;padding:8px;border-radius:4px}
.card{background:#fff;padding:8px;margin:8px 0;border-radius:4px;box-shadow:0 1px 1px #091e4240}
.status{background:#dfe1e6;border:0;border-radius:3px;padding:2px 8px;font-weight:600}
`

export interface Place {
  title: string
  /** The projects of the side bar. */
  projects: { key: string; name: string }[]
}

/** The frame that all pages share, with the names that Jira gives to its parts. */
export function page({ title, projects }: Place, content: Html): string {
  const links = projects.map(
    ({ key, name }) =>
      html`<a href="/jira/software/c/projects/${key}/issues" data-testid="NAV4_proj_${key}">${name}</a>`,
  )
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title} - Jira</title><style>${{ html: style }}</style></head>
<body>
<div id="page-layout" data-testid="page-layout.root">
<header id="page-layout-top-nav" data-testid="page-layout.top-nav"><a href="/"><b>Jira</b></a><a href="/jira/projects">Projects</a><a href="/jira/filters">Filters</a><a href="/jira/people">People</a><span>Practice site</span></header>
<div class="body">
<nav data-testid="page-layout.sidebar"><div data-testid="NAV4_jira.sidebar.projects"><b>Projects</b>${links}</div></nav>
<main id="content">${content}</main>
</div>
</div>
<script>${{ html: script }}</script>
</body>
</html>`.html
}
