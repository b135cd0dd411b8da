import { defineConfig } from 'wxt'

/**
 * The public half of a key whose private half was thrown away: it only keeps Chromium's extension id
 * the same on every machine (unpacked or packed), so addresses and allow lists can name it.
 */
const chromeKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwEcKWX307bT8cmF9eaQHMoZFTev6F4ZlOJKUBf2bCmxP+hRToxJxbqUV90Axa82ZNV+AJTyZD3Ajpj/abealu92i3hC+u6iHqL+fCMv0fPpudpxD06xXYGYSv+KIOB5pdRAF6dukpyDU5kIDWjqzL9Pn6gYcT4kEMO1fVx9x3TgAUMOp2tkOn4OL0oHonoU5erWYxV47ujGx9O2jxti97LFCQ4iFK+E8Riv2aWkzxXoLs9VX/CnD7becvbZyUV54RP7eW3RY170pFkY7UmO5FzdvxUtMwGO06KrXIZBIAjG1Uf4cAtJUvTEjRU3v5dl/sqs5Sd3idV++kK+qZrVUEQIDAQAB'

/** The build of the browser extension; recipes and their reasons are in the comments beside each setting. */
export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  outDir: '.output',
  // Names are imported by hand, so that a reader sees where each comes from.
  imports: false,
  // The oldest browsers of the manifest know light-dark() by themselves; its substitute is decided where the
  // tokens stand, and so not by the theme of a part of the page.
  vite: () => ({ build: { cssTarget: ['chrome123', 'firefox128'] } }),
  suppressWarnings: { firefoxDataCollection: true },
  manifest: ({ browser }) => ({
    name: 'Landfall',
    description: 'Moves Jira to Jira Cloud and proves that everything arrived.',
    permissions: ['storage', 'alarms', 'notifications', 'contextMenus', 'scripting'],
    // The agent on this machine, and the sites on which the overlay shows verdicts.
    host_permissions: ['http://127.0.0.1/*', 'https://*.atlassian.net/*'],
    // Pages of an old server, each asked for when its address is added in the options.
    optional_host_permissions: ['http://*/*', 'https://*/*'],
    icons: { 16: 'icon/16.png', 32: 'icon/32.png', 48: 'icon/48.png', 128: 'icon/128.png' },
    action: { default_title: 'Landfall' },
    commands: {
      drawer: {
        suggested_key: { default: 'Alt+Shift+L' },
        description: 'Open or close what Landfall knows of this page',
      },
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'landfall@landfall.dev',
              // light-dark(), popover-free dialogs and MV3 background scripts all work from here on.
              strict_min_version: '128.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : { key: chromeKey, minimum_chrome_version: '123' }),
  }),
})
