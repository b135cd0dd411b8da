/**
 * What people call a source: its file's name, whichever system's path it is; of an unpacked backup the
 * folder too, as every one of those is called entities.xml. Of a live one it is the address.
 */
export function sourceLabel(path: string): string {
  if (/^https?:\/\//i.test(path)) return path.replace(/^https?:\/\//i, '')
  const parts = path.split(/[\\/]/).filter(Boolean)
  const file = parts.at(-1) ?? path
  return /^(entities|activeobjects)\.xml$/i.test(file) ? parts.slice(-2).join('/') : file
}
