import type { ComponentChildren } from 'preact'
import type { OverlayModel } from '../../models/overlay.ts'

interface IssueLinkProps {
  model: OverlayModel
  issueKey: string
  children: ComponentChildren
}

/**
 * Goes to an issue of the site. One that was left behind opens a page of Jira that says so: that is the answer,
 * too. In the side panel it opens a tab.
 */
export function IssueLink({ model, issueKey, children }: IssueLinkProps) {
  const path = `/browse/${encodeURIComponent(issueKey)}`
  const { site } = model.at()
  if (site === undefined) return <a href={path}>{children}</a>
  return (
    <a href={`${site}${path}`} rel="noopener noreferrer" target="_blank">
      {children}
    </a>
  )
}
