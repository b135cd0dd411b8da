import { defineConfig } from 'wxt'

/** The build of the browser extension; recipes and their reasons are in the comments beside each setting. */
export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  outDir: '.output',
  // Names are imported by hand, so that a reader sees where each comes from.
  imports: false,
  suppressWarnings: { firefoxDataCollection: true },
})
