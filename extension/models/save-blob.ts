/** Long enough for the browser to have begun saving; the blob is freed then. */
const freeAfterMs = 60_000

/** Hands a file to the browser to save under that name. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), freeAfterMs)
}
