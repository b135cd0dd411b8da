/** The ways to the drawer that are not the pill: the keyboard shortcut and the context menu. */
import { offerMenu, onShortcut, openSidePanel, type TabSight, toggleDrawer } from '../platform.ts'
import { doorWords } from '../words-overlay.ts'

/** As the manifest names it. */
const shortcut = 'drawer'
/** The pages on which the overlay lies, see overlay.content. */
const pages = ['https://*.atlassian.net/*', 'http://127.0.0.1/*']

/** Registers them; to be called while the background starts. */
export function openDoors(): void {
  onShortcut(shortcut, (tab) => void open(tab))
  offerMenu({ drawer: doorWords.drawer, panel: doorWords.panel }, pages, (id, tab) => {
    // The side panel opens only straight from the click.
    if (id === 'panel') void openSidePanel(tab.windowId, '#/here')
    else void open(tab)
  })
}

/** Where the overlay could not be laid over the page, the side panel says the same. */
async function open(tab: TabSight): Promise<void> {
  if (tab.id === null) return
  try {
    await toggleDrawer(tab.id)
  } catch {
    await openSidePanel(tab.windowId, '#/here')
  }
}
