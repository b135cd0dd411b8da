import type { ComponentChildren } from 'preact'
import type { MigrationDetail, MigrationView } from '../../shared/api.ts'
import { type Tab, toHash } from '../models/place.ts'
import { afterWords as words } from '../words-after.ts'

interface AfterProps {
  row: MigrationView
  detail: MigrationDetail | null
}

/** What is left to do on the site once a migration has ended, each with the way there. */
export function After({ row, detail }: AfterProps) {
  const { id, site, needsAttention } = row
  const tab = (to: Tab) => toHash({ at: 'migration', id, tab: to, after: null })
  const items = (kind: 'user' | 'customField', verdict: 'leftOut' | null) =>
    toHash({ at: 'items', id, kind, verdict, project: null, after: null })
  const kinds = detail?.kinds ?? []
  const asText = kinds.find((one) => one.kind === 'user')?.counts.leftOut ?? 0
  const url = site.kind === 'cloud' ? site.url?.replace(/\/+$/, '') : undefined
  return (
    <details>
      <summary>{words.title}</summary>
      <ol class="after">
        <Task text={words.checks}>
          <a href={tab('after')}>{words.checksLink}</a>
        </Task>
        {needsAttention > 0 && (
          <Task text={words.attention}>
            <a href={tab('attention')}>{words.attentionLink}</a>
          </Task>
        )}
        <Task text={words.projects}>
          <a href={tab('includes')}>{words.projectsLink}</a>
        </Task>
        <Task text={words.groups}>
          <Away href={url && 'https://admin.atlassian.com'}>{words.groupsLink}</Away>
        </Task>
        <Task text={words.invite} />
        {asText > 0 && (
          <Task text={words.text}>
            <a href={items('user', 'leftOut')}>{words.textLink(asText)}</a>
          </Task>
        )}
        <Task text={words.names}>
          <a href={items('customField', null)}>{words.namesLink}</a>
        </Task>
        <Task text={words.mail}>
          <Away href={url && `${url}/plugins/servlet/applinks/listApplicationLinks`}>
            {words.mailLink}
          </Away>
        </Task>
        <Task text={words.apps} />
        <Task text={words.report}>
          <a href={tab('logs')}>{words.reportLink}</a>
        </Task>
      </ol>
    </details>
  )
}

function Task({ text, children }: { text: string; children?: ComponentChildren }) {
  return (
    <li>
      {text} {children}
    </li>
  )
}

/** A page of the site; a practice site has none of these, so there it is not offered. */
function Away({ href, children }: { href: string | undefined; children: string }) {
  if (!href) return null
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  )
}
