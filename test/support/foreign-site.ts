import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { PracticeProcess } from './agent-process.ts'

/** A Jira Cloud site as a program of somebody else uses it: plain requests, by the official API document. */
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
  const authorization = `Basic ${Buffer.from(`${said.email}:${said.token}`).toString('base64')}`
  const headers = { authorization, accept: 'application/json', 'x-atlassian-token': 'no-check' }
  const db = new DatabaseSync(join(state, 'practice.sqlite'))
  db.exec('pragma busy_timeout = 10000')
  return {
    async ask(method, path, body) {
      const answer = await fetch(`${said.url}${path}`, {
        method,
        headers: { ...headers, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const words = await answer.text()
      if (!answer.ok)
        throw new Error(
          `${method} ${path}: ${answer.status} ${words} for ${JSON.stringify(body)?.slice(0, 2000)}`,
        )
      return words ? JSON.parse(words) : {}
    },
    async upload(issueKey, filename, bytes, type) {
      const form = new FormData()
      form.append('file', new Blob([new Uint8Array(bytes)], { type }), filename)
      const path = `${said.url}/rest/api/3/issue/${issueKey}/attachments`
      const answer = await fetch(path, { method: 'POST', headers, body: form })
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      const [file] = (await answer.json()) as { id: string }[]
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
