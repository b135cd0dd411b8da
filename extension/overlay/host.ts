import style from './overlay.css?inline'

/** The one element that the overlay adds to a page. */
const hostName = 'landfall-overlay'

export interface Host {
  /** What is to be shown goes in here. */
  container: HTMLElement
  /** Puts the element back where a page threw it out. */
  keep: () => void
  remove: () => void
}

/**
 * Adds one element to the end of the document, after the body, so that nothing of the page moves and none of
 * its own nodes change. The theme that Jira names on the document is followed; where it names none, the system's.
 *
 * The shadow root is closed, so that the page's scripts reach neither what stands in it nor the targets of
 * events. That alone does not keep the text from them: getSelection() would give all that can be selected, which
 * the style sheet therefore forbids, and window.find() would answer whether a word stands there, letter by letter.
 * Chromium does not look for text in an <object>; one without data shows its children as if it were a <div>.
 * Firefox does look, so there a page can still ask for single words.
 */
export function createHost(): Host {
  const root = document.documentElement
  // A script of an older version of the extension may have left its element when it was cut off.
  for (const old of document.querySelectorAll(hostName)) old.remove()
  const host = document.createElement(hostName)
  const shadow = host.attachShadow({ mode: 'closed' })
  const sheet = document.createElement('style')
  sheet.textContent = style
  const container = document.createElement('object')
  container.role = 'presentation'
  shadow.append(sheet, container)
  const readMode = () => {
    container.dataset.mode = root.dataset.colorMode ?? ''
  }
  const watch = new MutationObserver(readMode)
  watch.observe(root, { attributeFilter: ['data-color-mode'] })
  readMode()
  root.append(host)
  return {
    container,
    keep: () => {
      if (!host.isConnected) root.append(host)
    },
    remove: () => {
      watch.disconnect()
      host.remove()
    },
  }
}
