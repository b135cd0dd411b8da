import { createModel, effect, signal } from '@preact/signals'
import { followActiveTab } from '../platform.ts'
import { OverlayModel } from './overlay.ts'

/** What the overlay would say of the tab in front; follows it, and its address. */
export const HereModel = createModel(() => {
  const overlay = new OverlayModel({ names: true })
  /** The tab in front shows a page that we may not look at: none of Jira, or none of a site we know. */
  const elsewhere = signal(true)
  effect(() =>
    followActiveTab(({ url }) => {
      const address = url !== null && /^https?:/.test(url) ? new URL(url) : null
      overlay.visit(address)
      elsewhere.value = overlay.subject.value === null
    }),
  )
  return { overlay, elsewhere }
})
export type HereModel = InstanceType<typeof HereModel>
