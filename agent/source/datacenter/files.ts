import { createHash } from 'node:crypto'
import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Problem } from '../../../shared/problem.ts'
import { type ClientOptions, createClient, type SourceAccess } from './client.ts'
import { SourceRefusal } from './problems.ts'

/** A file of the source on this machine, until it is let go. */
export interface Fetched {
  path: string
  size: number
  sha256: string
  release(): void
}

export interface SourceFiles {
  /** Whether this is an address of the source's own, and not a path on this machine. */
  owns(path: string): boolean
  /** Brings one file here. Throws a Problem, which says whether trying again can help. */
  fetch(path: string, size: number): Promise<Fetched>
  close(): Promise<void>
}

/** What web servers refuse in a path even where it is escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is meant
const awkward = /[/\\%;\u0000-\u001f\u007f]/g

/** Where the bytes of an attachment are, by its row alone: Jira looks at the number, the name is only there to be read. */
export const fileAddress = (base: string, id: string, filename: string): string =>
  `${base}/secure/attachment/${encodeURIComponent(id)}/${encodeURIComponent(nameIn(filename))}`

/** Half a surrogate pair cannot be escaped. */
const nameIn = (filename: string): string => filename.toWellFormed().replace(awkward, '_') || 'file'

/** Where the plan finds the bytes of attachments: at the source itself, whose rows say how many there are. */
export const liveFinder =
  (url: string) => (row: { attachmentId: string; filename: string; size?: number | null }) => ({
    path: fileAddress(url, row.attachmentId, row.filename),
    size: row.size ?? 0,
  })

/** A transfer that breaks off is begun anew; so often, then it is told. */
const triesAtMost = 3

/**
 * Brings attachments from a live source, one file at a time into a folder of the agent's, streamed. Only
 * addresses of the source itself are asked, and its redirects are not followed: the token goes nowhere else.
 */
export function createSourceFiles(
  access: SourceAccess,
  folder: string,
  options: ClientOptions,
): SourceFiles {
  const client = createClient(access, options)
  const base = access.url.replace(/\/+$/, '')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let number = 0
  let refused: SourceRefusal | null = null

  async function bring(address: string, path: string): Promise<{ size: number; sha256: string }> {
    const answer = await client.open(address)
    const hash = createHash('sha256')
    let size = 0
    await pipeline(
      answer.body,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk)
          size += chunk.length
          yield chunk
        }
      },
      createWriteStream(path, { mode: 0o600 }),
      { signal: options.signal },
    )
    return { size, sha256: hash.digest('hex') }
  }

  return {
    owns: (path) => path.startsWith(`${base}/secure/attachment/`),
    async fetch(address, size) {
      if (!this.owns(address)) throw foreign(address)
      // A token that is no longer good is not tried again for each of a hundred thousand files.
      if (refused) throw refused
      number += 1
      const path = join(folder, String(number))
      const release = () => rmSync(path, { force: true })
      let last: unknown = null
      for (let tries = 0; tries < triesAtMost; tries++) {
        try {
          const got = await bring(address.slice(base.length), path)
          if (got.size === size) return { path, ...got, release }
          last = otherSize(size, got.size)
        } catch (error) {
          release()
          if (options.signal.aborted) throw options.signal.reason
          if (error instanceof SourceRefusal && error.status === 401) refused = error
          if (error instanceof Problem) throw error
          last = error
        }
      }
      release()
      if (last instanceof Problem) throw last
      throw new Problem(
        'source-unreachable',
        `The file broke off on its way from the source ${triesAtMost} times: ${last instanceof Error ? last.message : String(last)}.`,
        {
          hint: 'Look at the network and at Jira’s log, then run it again.',
          again: true,
          cause: last,
        },
      )
    },
    async close() {
      await client.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const foreign = (address: string) =>
  new Problem('source-unreadable', `${address} is no file of this source.`, {
    hint: 'The address of the source was changed after its files were planned: copy the migration and run the copy.',
  })

const otherSize = (stated: number, got: number) =>
  new Problem(
    'source-unreadable',
    `The source says that the file has ${stated} bytes, and gives ${got}.`,
    {
      hint: 'Open the attachment in the old Jira: its file is damaged or missing on that server.',
      again: true,
    },
  )
