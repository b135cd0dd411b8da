import { createHash } from 'node:crypto'
import { Problem } from '../../shared/problem.ts'
import { describeNetworkError, SiteRefusal } from '../cloud/problems.ts'
import type { VerifyContext } from './judge.ts'

/** Why the bytes of a file that the site lists could not be read from it. */
export interface Unreadable {
  code: 'file-unreadable'
  text: string
}

/** A connection can break once; one that breaks each time is the file's own trouble. */
const tries = 3

/**
 * The SHA-256 of a file as the site gives it out, in hex; or why it does not. That a site is away as a whole
 * is waited for below (cloud/with-retry), so whatever comes here is about this one file; a token that is
 * refused is not, and is thrown.
 */
export async function hashOnSite(ctx: VerifyContext, id: string): Promise<string | Unreadable> {
  for (let n = 1; ; n++) {
    try {
      return await sha256(await ctx.read.content(id))
    } catch (error) {
      ctx.signal.throwIfAborted()
      if (error instanceof Problem) {
        if (error.code === 'site-token-refused') throw error
        // What the site answered it answers again; a broken connection was tried again already.
        if (error instanceof SiteRefusal || error.code === 'site-unreachable' || n >= tries)
          return unreadable(error.message)
      } else if (n >= tries) return unreadable(describeNetworkError(error))
    }
  }
}

const unreadable = (why: string): Unreadable => ({
  code: 'file-unreadable',
  text: `The site lists the file and does not give it out. ${why}`,
})

export async function sha256(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of chunks) hash.update(chunk)
  return hash.digest('hex')
}
