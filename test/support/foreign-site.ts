import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createCloudClient } from 'jira.js/cloud'
import { createClient, isApiError } from 'jira.js/core'
import type { PracticeProcess } from './agent-process.ts'

/** A Jira Cloud site as a program of somebody else uses it: through a client of others (jira.js), as it comes. */
export interface ForeignSite {
  ask<T = Record<string, never>>(method: string, path: string, body?: unknown): Promise<T>
  upload(issueKey: string, filename: string, bytes: Buffer, type: string): Promise<{ id: string }>
  /**
   * What Atlassian's own assistant can do and the public API cannot: people, and who made what and when.
   * It goes straight into the practice site's state, as that tool goes past the API.
   */
  door: Door
  close(): void
}

export interface Door {
  /** An account under this name, as if it had been invited; answers its accountId. */
  account(displayName: string, email: string): string
  /** Changes what the site keeps of a thing of this kind: a comment, worklog, attachment, status, … */
  thing(kind: string, id: string, set: Record<string, unknown>): void
  /** Runs a statement on the site's state, for what neither can do; the tables are those of the practice site. */
  run(sql: string, ...values: (string | number)[]): void
  /** Changes when and by whom an issue was created; times in epoch ms. */
  issue(
    id: string,
    set: { created?: number; updated?: number; data?: Record<string, unknown> },
  ): void
}

/** @param state the folder of the practice site's --state */
export function foreignSite(said: PracticeProcess, state: string): ForeignSite {
  const auth = { type: 'basic', email: said.email, apiToken: said.token } as const
  const client = createClient({ host: said.url, auth })
  const jira = createCloudClient({ host: said.url, auth })
  const db = new DatabaseSync(join(state, 'practice.sqlite'))
  db.exec('pragma busy_timeout = 10000')
  return {
    async ask<T>(method: string, path: string, body?: unknown) {
      const { pathname, searchParams } = new URL(path, said.url)
      try {
        const answer = await client.sendRequest<T>({
          url: pathname,
          method: method as 'GET',
          searchParams: Object.fromEntries(
            [...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]),
          ),
          ...(body === undefined ? {} : { body }),
        })
        return answer ?? ({} as T)
      } catch (error) {
        const words = isApiError(error) ? JSON.stringify(error) : String(error)
        throw new Error(`${method} ${path}: ${words} for ${JSON.stringify(body)?.slice(0, 2000)}`)
      }
    },
    async upload(issueKey, filename, bytes, type) {
      const [file] = await jira.issueAttachments.addAttachment({
        issueIdOrKey: issueKey,
        attachments: {
          filename,
          content: new File([new Uint8Array(bytes)], filename, { type }),
        },
      })
      return { id: String(file?.id) }
    },
    door: openDoor(db),
    close: () => db.close(),
  }
}

function openDoor(db: DatabaseSync): Door {
  return {
    account(displayName, email) {
      const address = email.toLowerCase()
      const known = db.prepare('select accountId from account where email = ?').get(address)
      if (known) return String(known.accountId)
      const accountId = `557058:${randomUUID()}`
      const data = JSON.stringify({ accountId, displayName, email, active: true })
      db.prepare('insert into account (accountId, email, name, data) values (?, ?, ?, ?)').run(
        accountId,
        address,
        displayName.toLowerCase(),
        data,
      )
      return accountId
    },
    thing(kind, id, set) {
      const row = db
        .prepare('select data from thing where kind = ? and id = ?')
        .get(kind, Number(id))
      const data = JSON.stringify({ ...JSON.parse(String(row?.data)), ...set })
      db.prepare('update thing set data = ? where kind = ? and id = ?').run(data, kind, Number(id))
      if (typeof set.name === 'string')
        db.prepare('update thing set name = ? where kind = ? and id = ?').run(
          set.name.toLowerCase(),
          kind,
          Number(id),
        )
    },
    run: (sql, ...values) => void db.prepare(sql).run(...values),
    issue(id, set) {
      const row = db.prepare('select * from issue where id = ?').get(Number(id))
      const data = JSON.stringify({ ...JSON.parse(String(row?.data)), ...set.data })
      db.prepare('update issue set created = ?, updated = ?, data = ? where id = ?').run(
        set.created ?? Number(row?.created),
        set.updated ?? Number(row?.updated),
        data,
        Number(id),
      )
    },
  }
}

/** The bytes of a source's attachment in Jira's own layout; null where the folder has none. */
export function foreignFile(
  folder: string,
  place: { key: string; number: number; id: string },
): Buffer | null {
  const bucket = String((Math.floor((place.number - 1) / 10_000) + 1) * 10_000)
  try {
    return readFileSync(join(folder, place.key, bucket, `${place.key}-${place.number}`, place.id))
  } catch {
    return null
  }
}
