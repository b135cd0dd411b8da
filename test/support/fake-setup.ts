import * as v from 'valibot'
import type { MigrationView } from '../../shared/api.ts'
import * as checkApi from '../../shared/api-checks.ts'
import * as planned from '../../shared/api-planned.ts'
import * as setupApi from '../../shared/api-setup.ts'
import * as views from '../../shared/api-setup-views.ts'
import { must } from '../../shared/assert.ts'
import { collisionKinds, nameLists } from '../../shared/setup.ts'
import * as live from '../../shared/source-projects.ts'
import * as scenes from './scenes-setup.ts'

/** What the scripted agent remembers of one migration that is set up. */
interface Kept {
  body: setupApi.SetupInput
  tokenStored: boolean
  sourceToken: boolean
  listed: live.SourceProjectsView
  inspection: views.InspectionView
  preview: views.PreviewView
  people: views.PersonView[]
  checks: checkApi.ChecksView
  accepted: checkApi.FindingsView['accepted']
}
/** An answer, already through its schema; text is sent as it is. */
export interface Scripted {
  status: number
  body: unknown
}

const whole: setupApi.SetupInput = v.parse(setupApi.SetupBody, {
  name: 'x',
  source: { kind: 'backup', path: '/srv/backups/jira-2026-11-22.zip' },
  site: { kind: 'practice' },
})
/** One that went to a real site, whose token the agent has. */
const onCloud = (name: string): Kept => ({
  ...fresh(
    v.parse(setupApi.SetupBody, {
      ...{ name, source: { kind: 'backup', path: '/srv/backups/jira-2026-11-22.zip' } },
      site: { kind: 'cloud', url: 'https://acme.atlassian.net', email: 'ann@acme.example' },
    }),
  ),
  tokenStored: true,
})
const ok = <T>(schema: v.GenericSchema<unknown, T>, value: T, status = 200): Scripted => ({
  status,
  body: v.parse(schema, value),
})

/** The routes of api-setup.ts and api-checks.ts with a script behind them; undefined for all others. */
export function fakeSetup() {
  const all = new Map<string, Kept>()
  const kept = (row: MigrationView): Kept => {
    const known =
      all.get(row.id) ??
      (row.id === 'legacy' ? onCloud(row.name) : fresh({ ...whole, name: row.name }))
    all.set(row.id, known)
    return known
  }

  /** @returns how the row changes, for a new or edited migration */
  function save(id: string, input: unknown): Partial<MigrationView> {
    const body = v.parse(setupApi.SetupBody, input)
    const before = all.get(id)
    const next = before ?? fresh(body)
    next.body = body
    if (body.site?.kind === 'cloud' && body.site.token) next.tokenStored = true
    if (body.source?.kind === 'datacenter' && body.source.token) next.sourceToken = true
    all.set(id, next)
    return { name: body.name, setup: { purpose: body.purpose, step: body.step, missing: [] } }
  }

  /** Whether the one who sends this saw another setup. */
  const clashes = (row: MigrationView, input: unknown): boolean => {
    const { revision } = v.parse(setupApi.SetupBody, input)
    return revision !== null && revision !== view(row).revision
  }

  function view(row: MigrationView): setupApi.SetupView {
    const { body, tokenStored } = kept(row)
    const { site } = body
    const ran = row.status !== 'saved'
    return {
      ...body,
      id: row.id,
      revision: revisionOf(body),
      source: sourceView(kept(row)),
      site:
        site?.kind === 'cloud'
          ? { kind: 'cloud', url: site.url, email: site.email, tokenStored }
          : site,
      missing: [],
      fixed: ran ? ['source', 'site', 'scope', 'collisions', 'people'] : [],
      willDo: ran
        ? [
            '58,830 items of earlier runs stay on the site; nothing is sent twice.',
            'Everything that was sent is read back and compared anew.',
          ]
        : [],
    }
  }

  function route(
    row: MigrationView,
    method: string,
    path: string[],
    query: URLSearchParams,
    body: unknown,
  ): Scripted | undefined {
    const [what = '', key = '', part = ''] = path
    const one = kept(row)
    const asked = `${method} ${what}`
    if (asked === 'GET setup') return ok(setupApi.SetupViewSchema, view(row))
    if (what === 'source') return { status: 200, body: scenes.sourceRows(key) }
    if (asked === 'POST inspect' || what === 'inspection')
      return ok(views.InspectionViewSchema, inspection(one, method), method === 'POST' ? 202 : 200)
    if (what === 'source-projects')
      return ok(live.SourceProjectsViewSchema, listed(one, method), method === 'POST' ? 202 : 200)
    if (what === 'plan-preview' && key === 'items') {
      const items = scenes.planned.filter(
        (one) => (query.get('kind') ?? one.kind) === one.kind && one.what === query.get('what'),
      )
      return ok(planned.PlannedPageSchema, { items, next: null, total: items.length })
    }
    if (what === 'plan-preview' && key === 'items.csv') return { status: 200, body: 'kind,item\n' }
    if (what === 'plan-preview')
      return ok(views.PreviewViewSchema, preview(one, method), method === 'POST' ? 202 : 200)
    if (what === 'files-test') {
      const { folder } = v.parse(setupApi.FilesTestBody, body)
      const there = folder.startsWith('/srv')
      const files = Array.from({ length: there ? 222 : 0 }, (_, i) => ({
        ...{ issueKey: `PAY-${i + 1}`, name: `screen ${i + 1}.png`, found: i >= 2 },
      }))
      const seen = { looked: files.length, found: files.filter((one) => one.found).length }
      return ok(views.FilesTestViewSchema, { folder, there, of: 1_222, ...seen, files })
    }
    if (what === 'source-test') {
      const { source } = v.parse(setupApi.SourceTestBody, body)
      if (source?.kind === 'datacenter' && source.token === 'bad')
        return problem(502, 'source-token-refused', 'jira.acme.com does not accept the token.')
      return ok(views.SourceTestViewSchema, scenes.sourceTest)
    }
    if (what === 'site-test') {
      const { site } = v.parse(setupApi.SiteTestBody, body)
      if (site?.kind === 'cloud' && site.token === 'bad')
        return problem(502, 'site-token-refused', 'The site refuses the token.')
      return ok(views.SiteTestViewSchema, scenes.siteTest)
    }
    if (asked === 'GET people') return ok(views.PeoplePageSchema, peoplePage(one, query))
    if (asked === 'GET accounts')
      return ok(views.AccountsViewSchema, {
        accounts: scenes.accounts.filter(({ displayName, email }) =>
          `${displayName} ${email}`
            .toLowerCase()
            .includes((query.get('words') ?? '').toLowerCase()),
        ),
      })
    if (asked === 'GET people.csv') return { status: 200, body: 'key,name,email,how,account\n' }
    if (asked === 'POST people.csv')
      return ok(views.PeopleUploadSchema, {
        changed: 0,
        unchanged: 0,
        errors: [{ line: 3, text: 'There is no account with the id <b>x</b>.' }],
      })
    if (asked === 'PUT people') return ok(views.PersonViewSchema, choose(one, key, body))
    if (what === 'collisions' && key) {
      const kind = v.parse(v.picklist(collisionKinds), key)
      const list = v.parse(v.picklist(nameLists), query.get('list'))
      const names = scenes.namesOf(kind, one.body.collisions[kind], list)
      return ok(views.MeetingNamesPageSchema, { names, next: null })
    }
    if (what === 'collisions')
      return ok(views.CollisionsViewSchema, {
        kinds: collisionKinds.map((kind) => scenes.collisionView(kind, one.body.collisions[kind])),
      })
    if (what === 'checks') return checks(one, method, key, part, query, body)
    if (what === 'findings') return findings(one, method, key, query, body)
    return undefined
  }
  return { save, clashes, view, route, accepted: (row: MigrationView) => kept(row).accepted }
}

/** As the agent's: what it says, but not where the stepper was left. */
function revisionOf({ step, revision, ...said }: setupApi.SetupInput): string {
  const site = said.site?.kind === 'cloud' ? { ...said.site, token: null } : said.site
  return JSON.stringify({ ...said, site })
}

function sourceView({ body, sourceToken }: Kept): setupApi.SetupView['source'] {
  const { source } = body
  if (source?.kind === 'datacenter')
    return {
      kind: 'datacenter',
      url: source.url,
      user: source.user ?? null,
      tokenStored: sourceToken,
    }
  return (
    source && {
      ...source,
      attachments: source.attachments ?? null,
      timeZone: source.timeZone ?? null,
    }
  )
}

function fresh(body: setupApi.SetupInput): Kept {
  const none = { state: 'none', progress: null, problem: null } as const
  return {
    body,
    tokenStored: false,
    sourceToken: false,
    listed: { state: 'none', problem: null, projects: [], counted: 0 },
    inspection: { ...none, inspection: null, projects: [] },
    preview: { ...none, preview: null, outdated: false },
    people: structuredClone(scenes.people),
    checks: structuredClone(scenes.checks),
    accepted: [],
  }
}

const isRead = ({ body: { name, source } }: Kept, by: string) =>
  name === by || (source?.kind === 'datacenter' && source.user === by)

/** Begun, seen once at work, then done; an account without projects has a user name of its own. */
function listed(one: Kept, method: string): live.SourceProjectsView {
  const told = one.listed
  const done = isRead(one, 'nobody')
    ? { ...scenes.sourceProjects, projects: [], counted: 0 }
    : scenes.sourceProjects
  if (method === 'POST') one.listed = { ...done, state: 'listing', counted: 1 }
  else if (told.state === 'listing') one.listed = done
  return method === 'POST' ? one.listed : told
}
/** A live source gives what was chosen, and nothing of what is archived. */
function found({ body: { source, scope } }: Kept): views.InspectionView {
  if (source?.kind !== 'datacenter') return scenes.inspected
  const projects = scenes.projects.map((one) => {
    const chosen = scope.projects?.includes(one.key) ?? true
    const unread = one.archived ? 'archived' : chosen ? null : 'not-chosen'
    return { ...one, unread, ...(unread ? { issues: 0, attachments: 0 } : {}) } as const
  })
  return { ...scenes.inspected, projects }
}
/** Begun, seen once at work, then done. */
function inspection(one: Kept, method: string): views.InspectionView {
  const told = one.inspection
  const progress = { bytes: 400_000_000, totalBytes: 1_234_567_890, rows: 61_000 }
  const none = { problem: null, inspection: null, projects: [] }
  if (method === 'POST') one.inspection = { ...none, state: 'reading', progress }
  else if (method === 'DELETE') {
    const halted = one.body.source?.kind === 'datacenter' ? scenes.halted : null
    one.inspection = { ...none, state: 'stopped', progress: halted ? null : progress, halted }
  }
  // A source of this user name, or a migration of this name, is slow enough to be stopped.
  else if (told.state === 'reading' && !isRead(one, 'slow')) one.inspection = found(one)
  if (method === 'POST') return one.inspection
  const now = method === 'DELETE' ? one.inspection : told
  const waits = now.state === 'none' || now.state === 'stopped'
  return { ...now, choose: one.body.source?.kind === 'datacenter' && waits }
}
function preview(one: Kept, method: string): views.PreviewView {
  const told = one.preview
  const progress = { items: 12_000, total: 59_161 }
  const now = { problem: null, outdated: false }
  if (method === 'POST') one.preview = { ...now, state: 'planning', progress, preview: null }
  else if (told.state === 'planning')
    // A migration of this name has had its backup exchanged since.
    one.preview = {
      ...{ ...now, state: 'done', progress: null, preview: scenes.preview },
      outdated: isRead(one, 'exchanged'),
    }
  return method === 'POST' ? one.preview : told
}

function peoplePage({ people }: Kept, query: URLSearchParams): views.PeoplePage {
  const search = query.get('search')?.toLowerCase() ?? ''
  const state = query.get('state')
  const problem = query.get('problem')
  const of = (wanted: string) => people.filter((one) => one.state === wanted).length
  const having = (wanted: string) => people.filter((one) => one.problem === wanted).length
  const found = people.filter(
    (one) =>
      one.name.toLowerCase().includes(search) &&
      (state === null || one.state === state) &&
      (problem === null || one.problem === problem),
  )
  return {
    people: query.get('sort') === 'issues' ? found.toSorted((a, b) => b.issues - a.issues) : found,
    next: null,
    states: {
      email: of('email'),
      choice: of('choice'),
      placeholder: of('placeholder'),
      leftOut: of('leftOut'),
      outOfScope: of('outOfScope'),
    },
    problems: {
      noEmail: having('no-email'),
      invalidEmail: having('invalid-email'),
      duplicateEmail: having('duplicate-email'),
    },
    siteProblem: null,
  }
}

function choose({ people }: Kept, key: string, body: unknown): views.PersonView {
  const choice = v.parse(setupApi.PersonChoiceBody, body)
  const i = people.findIndex((one) => one.key === key)
  const states = {
    email: 'email',
    account: 'choice',
    placeholder: 'placeholder',
    leave: 'leftOut',
  } as const
  const account =
    choice.how === 'account' ? { accountId: choice.accountId, displayName: null } : null
  const changed = { ...must(people[i], key), how: choice.how, state: states[choice.how], account }
  people[i] = changed
  return changed
}

function checks(
  one: Kept,
  method: string,
  key: string,
  part: string,
  query: URLSearchParams,
  body: unknown,
): Scripted | undefined {
  if (part === 'offenders') {
    const after = Number(query.get('after') ?? 0)
    const rows = scenes.offenders.slice(after, after + 50)
    return ok(checkApi.OffenderPageSchema, { offenders: rows, next: after === 0 ? 50 : null })
  }
  if (part === 'offenders.csv') return { status: 200, body: 'subject,project,detail\n' }
  if (part === 'override') {
    const why = method === 'DELETE' ? null : { ...v.parse(checkApi.NoteBody, body), at: Date.now() }
    one.checks.checks = one.checks.checks.map((check) =>
      check.key === key ? { ...check, overridden: why } : check,
    )
  }
  if (key === 'run' && method === 'DELETE') return ok(checkApi.ChecksViewSchema, one.checks)
  if (key === 'run') {
    v.parse(checkApi.ChecksRunBody, body)
    const progress = { sentence: 'Making the plan: 12,300 items so far.', done: 9, total: 38 }
    const told = { ...one.checks, running: true, progress }
    one.checks = {
      ...one.checks,
      checks: one.checks.checks.map((check) =>
        check.status === 'pending'
          ? { ...check, status: 'success', sentence: 'No app has fields here.', at: Date.now() }
          : check,
      ),
    }
    return ok(checkApi.ChecksViewSchema, told, 202)
  }
  return ok(checkApi.ChecksViewSchema, one.checks)
}

function findings(
  one: Kept,
  method: string,
  deed: string,
  query: URLSearchParams,
  body: unknown,
): Scripted | undefined {
  if (deed === 'retry') {
    v.parse(checkApi.RetryBody, body)
    return ok(checkApi.RetriedSchema, { items: 4112 }, 202)
  }
  if (deed !== 'accept') return undefined
  const cause = v.parse(
    checkApi.AcceptQuery,
    method === 'DELETE' ? Object.fromEntries(query) : body,
  )
  one.accepted = one.accepted.filter((note) => note.code !== cause.code)
  if (method === 'POST') {
    const { note, who } = v.parse(checkApi.AcceptBody, body)
    one.accepted.push({ ...cause, note, who, at: Date.now() })
  }
  return ok(checkApi.FindingsViewSchema, { accepted: one.accepted, needsAttention: 2 })
}

function problem(status: number, code: string, sentence: string): Scripted {
  const hint = 'Make a new token and write it here.'
  return { status, body: { problem: { code, sentence, hint, again: false } } }
}
