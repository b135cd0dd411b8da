import type { KeepingSink } from '../source.ts'
import type { SourceClient } from './client.ts'
import { inParallel } from './parallel.ts'
import type { Rows } from './rows.ts'
import { flag, idOf, type Json, list, record, records, text } from './shapes.ts'

/** Who is who: everything in the snapshot names people by key, as a backup does. */
export interface People {
  /** The key of a person in an answer, null for nobody; remembers those whom no list has named. */
  ref(user: unknown): string | null
  /** The key of a username, as role actors have it; asks the source for those that are not known. */
  byName(name: string): Promise<string>
  /** The same where an answer may say either; versions differ. */
  byKeyOrName(either: string): Promise<string>
  /** Reads all users that the source lists. @returns whether it lists them */
  readAll(): Promise<boolean>
  addKnown(user: Json): void
  /** Asks for those whom only content names; who is not there has been deleted. */
  settle(): Promise<void>
}

/** The most that /user/search gives at once (API document). */
const usersAPage = 1000

/** @param kept whom an earlier reading of the same saw named is asked for at the end, too */
export function createPeople(client: SourceClient, rows: Rows, kept: KeepingSink): People {
  const known = new Set<string>()
  const byName = new Map<string, string>()
  const strangers = new Map<string, Json>(
    kept.noted('person').map(([key, seen]) => [key, record(JSON.parse(seen))]),
  )

  function write(key: string, user: Json, deleted: 0 | 1): void {
    if (known.has(key)) return
    known.add(key)
    strangers.delete(key)
    const name = text(user.name)
    if (name !== null) byName.set(name.toLowerCase(), key)
    rows.add('user', {
      key,
      name: name ?? key,
      displayName: text(user.displayName),
      email: text(user.emailAddress),
      // An answer that does not say so is of a version in which only active ones were shown.
      active: deleted ? 0 : user.active === false ? 0 : 1,
      deleted,
      directory: null,
    })
  }

  const addKnown = (user: Json) => {
    const key = keyOf(user)
    if (key !== null) write(key, user, flag(user.deleted))
  }

  async function byUsername(name: string): Promise<string> {
    const key = byName.get(name.toLowerCase())
    if (key !== undefined) return key
    const found = record(await client.find('/rest/api/2/user', { username: name }))
    addKnown(found)
    return byName.get(name.toLowerCase()) ?? keyOf(found) ?? name
  }

  return {
    addKnown,
    ref(value) {
      const user = record(value)
      const key = keyOf(user)
      if (key === null || isAnonymous(user)) return null
      if (!known.has(key) && !strangers.has(key)) {
        strangers.set(key, short(user))
        kept.note('person', key, JSON.stringify(short(user)))
      }
      return key
    },
    byKeyOrName: (either) => (known.has(either) ? Promise.resolve(either) : byUsername(either)),
    byName: byUsername,
    async readAll() {
      if (await readList(client, addKnown)) return true
      let before = ''
      for (let startAt = 0; ; ) {
        // The dot stands for any character to Jira's own search, and is what finds everybody.
        const page = records(
          await client.find('/rest/api/2/user/search', {
            username: '.',
            includeInactive: true,
            startAt,
            maxResults: usersAPage,
          }),
        )
        const first = page.map(keyOf).join('\n')
        // A version that does not know startAt gives the first page again.
        if (page.length === 0 || first === before) return known.size > 0
        before = first
        for (const user of page) addKnown(user)
        startAt += page.length
      }
    },
    async settle() {
      await inParallel([...strangers], async ([key, seen]) => {
        const answer =
          (await client.find('/rest/api/2/user', { key, includeDeleted: true })) ??
          (await client.find('/rest/api/2/user', { username: text(seen.name) ?? key }))
        const found = record(answer)
        const gone = keyOf(found) === null || found.deleted === true
        write(key, { ...seen, ...found }, gone ? 1 : 0)
      })
    },
  }
}

/** Data Center 10 has a list of all users; before it there is the search only. */
async function readList(client: SourceClient, add: (user: Json) => void): Promise<boolean> {
  let cursor: string | null = null
  for (;;) {
    const answer: unknown = await client.find('/rest/api/2/user/list', {
      maxResults: usersAPage,
      ...(cursor === null ? {} : { cursor }),
    })
    if (answer === null) return false
    const page: Json = record(answer)
    for (const user of list(page.values).map(record)) add(user)
    const next: string | null = idOf(page.nextCursor)
    if (page.isLast === true || next === null || next === cursor) return true
    cursor = next
  }
}

/** Before 6.0 the name is the key. */
const keyOf = (user: Json): string | null => text(user.key) || text(user.name) || null

/** Old versions describe a missing author as a user of this name, without anything else. */
const isAnonymous = (user: Json): boolean =>
  user.key === undefined && user.emailAddress === undefined && text(user.name) === 'Anonymous'

/** What is kept of a person until it is known who that is: an answer also has pictures and links. */
const short = ({ key, name, displayName, emailAddress, active }: Json): Json => ({
  key,
  name,
  displayName,
  emailAddress,
  active,
})
