import type { VerdictView } from '../../../shared/api.ts'
import type { OriginalView } from '../../../shared/api-pages.ts'
import type { OverlayModel } from '../../models/overlay.ts'

/** What can be done about an issue, at the bottom of the drawer. */
export function IssueActions(_props: { model: OverlayModel; view: VerdictView }) {
  return null
}

export type OriginalFile = NonNullable<OriginalView['original']>['files'][number]

/** What can be done about one file that is missing or different, beside it. */
export function FileActions(_props: { model: OverlayModel; issue: string; file: OriginalFile }) {
  return null
}
