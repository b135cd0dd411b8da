/**
 * For a file that may not be there: null for that, and every other error (no leave to read, a broken disk) goes on
 * to whoever can say it. Used as `stat(path).catch(absent)`.
 */
export function absent(error: unknown): null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT' || code === 'ENOTDIR') return null
  throw error
}
