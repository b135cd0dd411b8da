import { createShadowRootUi } from 'wxt/utils/content-script-ui/shadow-root'
import { defineContentScript } from 'wxt/utils/define-content-script'
import { mountOverlay } from '../../overlay/mount.tsx'
import '../../overlay/overlay.css'

export default defineContentScript({
  // The second is the practice site; the background answers only for those it knows.
  matches: ['https://*.atlassian.net/*', 'http://127.0.0.1/*'],
  cssInjectionMode: 'ui',
  noScriptStartedPostMessage: true,
  async main(ctx) {
    const ui = await createShadowRootUi(ctx, {
      name: 'landfall-overlay',
      position: 'inline',
      anchor: () => document.documentElement,
      append: 'last',
      onMount: (container, _shadow, host) => mountOverlay(container, host),
      onRemove: (mounted) => mounted?.remove(),
    })
    ui.mount()
    // Where the Navigation API tells it, the address has not changed yet: only the event knows the new one.
    ctx.addEventListener(window, 'wxt:locationchange', ({ newUrl }) => ui.mounted?.visit(newUrl))
  },
})
