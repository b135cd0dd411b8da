import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { CopyBody, SetupBody, type SetupInput } from '../../shared/api-setup.ts'
import { Problem } from '../../shared/problem.ts'
import { addressText, sourceAddress } from '../../shared/source-address.ts'
import { forgetChecks } from '../ledger/checks.ts'
import {
  changeSetup,
  collisionsOf,
  hasSent,
  mustBeAt,
  runsNow,
  scopeOf,
  siteOf,
  sourceOf,
  sourceSecret,
  tokenName,
} from '../ledger/drafts.ts'
import {
  addMigration,
  getMigration,
  type MigrationRow,
  type NewMigration,
} from '../ledger/migrations.ts'
import { copyChoices } from '../ledger/people.ts'
import { verificationOf } from '../ledger/verification.ts'
import { wishVerification } from '../ledger/verification-wishes.ts'
import { valid } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { viewMigration } from './view-migration.ts'
import { setupView } from './view-setup.ts'

/** Saves, edits and copies migrations, as drafts while parts are missing. */
export const draftRoutes = (deps: AppDeps) =>
  new Hono()
    .post('/migrations', valid('json', SetupBody), async (c) => {
      const input = c.req.valid('json')
      const id = newId()
      // The token first: a migration without it could never run, a token without one is only sealed bytes.
      await keepToken(deps, id, input)
      const row = await addMigration(deps.ledger.db, {
        ...setupOf(input, deps.now()),
        id,
        mode: modeOf(input),
      })
      await keepWishes(deps, id, input)
      return c.json(await viewMigration(deps, row), 201)
    })
    .get('/migrations/:id/setup', async (c) =>
      c.json(await setupView(deps, await row(deps, c.req.param('id')))),
    )
    .put('/migrations/:id', valid('json', SetupBody), async (c) => {
      const before = await row(deps, c.req.param('id'))
      if (before.status === 'running' || deps.runner.running().includes(before.id)) throw runsNow()
      const input = c.req.valid('json')
      await edit(deps, before, input)
      const setup = await setupView(deps, await row(deps, before.id))
      return c.json({ setup, willDo: setup.willDo })
    })
    .post('/migrations/:id/copy', valid('json', CopyBody), async (c) => {
      const { name } = c.req.valid('json')
      const original = await row(deps, c.req.param('id'))
      const copy = await copyOf(deps, original, name ?? `Copy of ${original.name}`.slice(0, 200))
      return c.json(await viewMigration(deps, copy), 201)
    })

/** A verification only reads the site. */
const modeOf = ({ purpose }: SetupInput): 'move' | 'verify' =>
  purpose === 'verify' ? 'verify' : 'move'

async function keepWishes(deps: AppDeps, id: string, input: SetupInput): Promise<void> {
  if (modeOf(input) !== 'verify') return
  const { db } = deps.ledger
  const { mappingsPath: before } = await verificationOf(db, id)
  await wishVerification(db, id, { mappings: input.mappings, sample: null })
  if (before !== null && before !== input.mappings) await deps.setup.mappingsReplaced(id, before)
}

const row = (deps: AppDeps, id: string) => getMigration(deps.ledger.db, id)

/** 80 random bits: never meets another one, and short enough for a file name and the command line. */
const newId = () => randomBytes(10).toString('hex')

async function keepToken(deps: AppDeps, id: string, { site, source }: SetupInput): Promise<void> {
  if (site?.kind === 'cloud' && site.token) await deps.vault.put(tokenName(id), site.token)
  if (source?.kind === 'datacenter' && source.token)
    await deps.vault.put(sourceSecret(id), source.token)
}

function setupOf(input: SetupInput, at: number): Omit<NewMigration, 'id' | 'mode'> {
  const { name, source, site, scope, collisions, purpose, step } = input
  return {
    name,
    source: sourceRow(source),
    site:
      site?.kind === 'practice'
        ? { kind: 'practice' }
        : { kind: 'cloud', url: site ? siteOrigin(site.url) : '', email: site?.email ?? '' },
    scope,
    collisions,
    purpose,
    step,
    at,
  }
}

/** The source as it is kept: its secret is not in it. */
function sourceRow(source: SetupInput['source']): NewMigration['source'] {
  if (source?.kind === 'datacenter')
    return {
      kind: 'datacenter',
      path: addressText(sourceAddress(source.url)),
      user: source.user ?? null,
      attachments: null,
      timeZone: null,
    }
  const { path = '', attachments = null, timeZone = null } = source ?? {}
  return { kind: 'backup', path, attachments, timeZone }
}

/** What of a source items on the site depend on: with whose token it is read may still change. */
const place = ({ kind, path, attachments, timeZone }: NewMigration['source']) => ({
  ...{ kind, path, attachments, timeZone },
})

/** The secret was given for one address and account, too. A draft that names no source yet keeps it. */
async function forgetOldSecret(deps: AppDeps, before: MigrationRow, input: SetupInput) {
  const was = sourceOf(before)
  const is = sourceRow(input.source)
  const same =
    is.kind === 'datacenter' &&
    was.kind === 'datacenter' &&
    was.path === is.path &&
    was.user === is.user
  if (same || input.source === null) return
  await deps.ledger.db.deleteFrom('secret').where('name', '=', sourceSecret(before.id)).execute()
}

/** Site addresses are kept as origins; a token goes over https only, but for a site on this machine. */
function siteOrigin(url: string): string {
  const { protocol, hostname, origin } = new URL(url)
  if (protocol === 'https:') return origin
  if (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return origin
  throw new Problem('usage', 'The site must be reached over https.', {
    hint: 'Write it as https://acme.atlassian.net.',
  })
}

/** Applies an edit. What items on the site depend on can no longer change; the rest can, and nothing else is lost. */
async function edit(deps: AppDeps, before: MigrationRow, input: SetupInput): Promise<void> {
  const { db } = deps.ledger
  const { revision } = input
  const to = { ...setupOf(input, deps.now()), mode: modeOf(input) }
  await mustBeAt(db, before, revision)
  const [wasSite, isSite] = [siteOf(before), to.site]
  const sent = await hasSent(db, before.id)
  if (sent) {
    const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
    const sameSite =
      wasSite.kind === 'practice'
        ? isSite.kind === 'practice'
        : isSite.kind === 'cloud' && isSite.url === wasSite.url
    const changed = [
      ...(same(place(to.source), place(sourceOf(before))) ? [] : ['source']),
      ...(sameSite ? [] : ['site']),
      ...(same(to.scope, scopeOf(before)) ? [] : ['scope']),
      ...(same(to.collisions, collisionsOf(before)) ? [] : ['rules for names']),
      ...(modeOf(input) === before.mode ? [] : ['purpose']),
    ]
    if (changed.length)
      throw new Problem(
        'not-now',
        `Items of this migration are on the site already, so its ${changed.join(' and ')} can no longer change.`,
        {
          hint: 'Copy the migration and change the copy; name, token, and whether it is a test or the real thing can be changed.',
        },
      )
  }
  const anew = asksAnew(before, to, input)
  if (anew) await deps.checker.stop(before.id)
  await forgetOldToken(deps, before, input)
  await keepToken(deps, before.id, input)
  const { sourceChanged } = await changeSetup(db, before.id, to, revision)
  await keepWishes(deps, before.id, input)
  // Nothing of what was sent can be another one now: sign-offs, what was accepted and what was found stay as they are.
  if (!anew || sent) return
  await deps.setup.edited(before.id, sourceChanged)
  const { path } = sourceOf(before)
  if (path !== to.source.path) await deps.setup.sourceReplaced(before.id, path)
  await forgetChecks(db, before.id)
}

/**
 * Whether what was worked out for a migration (checks, plan, people) is about something else now. Its name is no
 * matter of theirs, nor where its stepper was left.
 */
function asksAnew(before: MigrationRow, to: Omit<NewMigration, 'id'>, input: SetupInput): boolean {
  const { site, source } = input
  const was = [sourceOf(before), siteOf(before), scopeOf(before), collisionsOf(before), before.mode]
  const is = [to.source, to.site, to.scope, to.collisions, to.mode]
  const token = site?.kind === 'cloud' && site.token
  const secret = source?.kind === 'datacenter' && source.token
  return JSON.stringify(was) !== JSON.stringify(is) || Boolean(token || secret)
}

/** A stored token was given for one address and account: it goes to no other. */
async function forgetOldToken(deps: AppDeps, before: MigrationRow, input: SetupInput) {
  await forgetOldSecret(deps, before, input)
  const was = siteOf(before)
  const is = input.site
  const same =
    was.kind === 'cloud' &&
    is?.kind === 'cloud' &&
    was.url === siteOrigin(is.url) &&
    was.email === is.email
  if (!same && is !== null)
    await deps.ledger.db.deleteFrom('secret').where('name', '=', tokenName(before.id)).execute()
}

async function copyOf(deps: AppDeps, from: MigrationRow, name: string): Promise<MigrationRow> {
  const { db } = deps.ledger
  const id = newId()
  for (const name of [tokenName, sourceSecret]) {
    const secret = await deps.vault.get(name(from.id))
    if (secret !== null) await deps.vault.put(name(id), secret)
  }
  await addMigration(db, {
    id,
    name,
    source: sourceOf(from),
    site: siteOf(from),
    scope: scopeOf(from),
    collisions: collisionsOf(from),
    purpose: from.purpose,
    // A copy is looked over before it runs, from its first page on.
    step: 'name',
    mode: from.mode,
    at: deps.now(),
  })
  await copyChoices(db, from.id, id)
  if (from.mode === 'verify') {
    const { mappingsPath: mappings, sampleSize: sample } = await verificationOf(db, from.id)
    await wishVerification(db, id, { mappings, sample })
  }
  await deps.setup.copied(from.id, id)
  return row(deps, id)
}
