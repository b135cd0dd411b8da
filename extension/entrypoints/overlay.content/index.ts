import { defineContentScript } from 'wxt/utils/define-content-script'
import { mountOverlay } from '../../overlay/mount.tsx'

export default defineContentScript({
  // The second is the practice site; the background answers only for those it knows.
  matches: ['https://*.atlassian.net/*', 'http://127.0.0.1/*'],
  noScriptStartedPostMessage: true,
  main: (ctx) => mountOverlay(ctx.signal),
})
