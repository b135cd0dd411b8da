import type { Context } from 'hono'
import * as v from 'valibot'
import { AppDecisionBody } from '../../shared/api-apps.ts'
import { AcceptBody, AcceptQuery, NoteBody, RetryBody } from '../../shared/api-checks.ts'
import { RepairBody, UndoBody } from '../../shared/api-repair.ts'
import type { Kind } from '../../shared/plan.ts'
import { findApp } from '../ledger/apps.ts'
import { kindWords } from '../report/findings.ts'
import type { AppDeps } from './deps.ts'

/** What somebody did to a migration, for its timeline. */
export interface Deed {
  what: string
  /** Who wrote their name under it; absent: whoever asked. */
  who?: string
  /** What they wrote to it. */
  note?: string
}

interface Asked {
  deps: AppDeps
  /** Its body and its answer can be read once more: what is asked here has been done. */
  c: Context
  id: string
  /** What stood in the address for the part in brackets. */
  part: string
}

type Teller = (asked: Asked) => Deed | null | Promise<Deed | null>

const say = (what: string) => () => ({ what })
const body = async <T>({ c }: Asked, schema: v.GenericSchema<unknown, T>): Promise<T> =>
  v.parse(schema, await c.req.json())
const finding = ({ code, kind }: { code: string; kind: Kind }) =>
  `the finding "${code}" (${kindWords[kind][1]})`
const checkTitle = ({ deps, part }: Asked) =>
  deps.checker.known.find((one) => one.key === part)?.title ?? part
const appName = async ({ deps, id, part }: Asked) =>
  (await findApp(deps.ledger.db, id, part))?.name || part

export const archiveWords = { archive: 'Archived', unarchive: 'Restored from the archive' } as const

const Uploaded = v.object({ changed: v.number() })

/** All that people do to a migration, by method and the rest of the address after its id. */
const tellers: readonly (readonly [method: string, path: RegExp, teller: Teller])[] = [
  ['PUT', /^$/, say('Edited')],
  ['POST', /^\/run$/, say('Run')],
  ['POST', /^\/pause$/, say('Paused')],
  ['POST', /^\/resume$/, say('Resumed')],
  ['POST', /^\/stop$/, say('Stopped')],
  ['POST', /^\/archive$/, say(archiveWords.archive)],
  ['POST', /^\/unarchive$/, say(archiveWords.unarchive)],
  ['POST', /^\/checks\/run$/, say('Checks asked')],
  ['DELETE', /^\/checks\/run$/, say('Checks stopped')],
  ['POST', /^\/after\/run$/, say('Checks after the migration asked')],
  ['DELETE', /^\/after\/run$/, say('Checks after the migration stopped')],
  [
    'POST',
    /^\/checks\/([^/]+)\/override$/,
    async (asked) => ({
      what: `The check "${checkTitle(asked)}" was overridden`,
      ...(await body(asked, NoteBody)),
    }),
  ],
  [
    'DELETE',
    /^\/checks\/([^/]+)\/override$/,
    (asked) => ({ what: `The check "${checkTitle(asked)}" counts again: taken back` }),
  ],
  [
    'POST',
    /^\/findings\/accept$/,
    async (asked) => {
      const { note, who, ...which } = await body(asked, AcceptBody)
      return { what: `Accepted ${finding(which)}`, note, who }
    },
  ],
  [
    'DELETE',
    /^\/findings\/accept$/,
    ({ c }) => ({
      what: `No longer accepted ${finding(v.parse(AcceptQuery, c.req.query()))}: taken back`,
    }),
  ],
  [
    'POST',
    /^\/findings\/retry$/,
    async (asked) => ({ what: `Tried again ${finding(await body(asked, RetryBody))}` }),
  ],
  [
    'PUT',
    /^\/apps\/([^/]+)$/,
    async (asked) => {
      const { decision } = await body(asked, AppDecisionBody)
      return {
        what: `Decided about the app "${await appName(asked)}": ${decision ?? 'undecided'},`,
      }
    },
  ],
  [
    'PUT',
    /^\/apps\/([^/]+)\/handler$/,
    async (asked) => ({ what: `The handler of the app "${await appName(asked)}" was named` }),
  ],
  [
    'DELETE',
    /^\/apps\/([^/]+)\/handler$/,
    async (asked) => ({ what: `The handler of the app "${await appName(asked)}" was forgotten` }),
  ],
  [
    'POST',
    /^\/apps\/([^/]+)\/rerun$/,
    async (asked) => ({ what: `The app "${await appName(asked)}" was re-run` }),
  ],
  [
    'POST',
    /^\/apps\/([^/]+)\/cancel$/,
    async (asked) => ({ what: `The app "${await appName(asked)}" was canceled` }),
  ],
  ['PUT', /^\/people\/([^/]+)$/, say('Chosen who becomes whom')],
  [
    'POST',
    /^\/people\.csv$/,
    async ({ c }) => {
      const { changed } = v.parse(Uploaded, await c.res.clone().json())
      const people = changed === 1 ? 'person' : 'people'
      return changed === 0
        ? null
        : { what: `Mapping of ${changed.toLocaleString('en')} ${people} uploaded` }
    },
  ],
  [
    'POST',
    /^\/repairs$/,
    async (asked) => {
      const { items, who } = await body(asked, RepairBody)
      const many = items.length === 1 ? 'item' : 'items'
      return { what: `Repair of ${items.length.toLocaleString('en')} ${many} begun`, who }
    },
  ],
  ['DELETE', /^\/repairs\/run$/, say('Repairs stopped')],
  [
    'POST',
    /^\/repairs\/(\d+)\/undo$/,
    async (asked) => ({
      what: `Repair ${asked.part} taken back`,
      who: (await body(asked, UndoBody)).who,
    }),
  ],
]

/** What a request that was obeyed did to which migration; null for those that only ask. */
export async function deedOf(deps: AppDeps, c: Context): Promise<(Deed & { id: string }) | null> {
  const [, rawId, rest = ''] = /^\/api\/migrations\/([^/]+)(\/.*)?$/.exec(c.req.path) ?? []
  if (rawId === undefined) return null
  const id = decodeURIComponent(rawId)
  for (const [method, path, teller] of tellers) {
    const match = method === c.req.method ? path.exec(rest) : null
    if (!match) continue
    const deed = await teller({ deps, c, id, part: decodeURIComponent(match[1] ?? '') })
    return deed && { ...deed, id }
  }
  return null
}
