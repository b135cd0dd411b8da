import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as v from 'valibot'
import * as api from '../../shared/api.ts'
import type { AppView } from '../../shared/api-apps.ts'
import { BesidePageSchema } from '../../shared/api-beside.ts'
import { ArchiveBody, ArchivedViewSchema, ConsequencesViewSchema } from '../../shared/api-deeds.ts'
import * as pairing from '../../shared/api-pairing.ts'
import { type PracticeView, PracticeViewSchema } from '../../shared/api-practice.ts'
import { RepairsViewSchema } from '../../shared/api-repair.ts'
import { EditedViewSchema, SetupBody } from '../../shared/api-setup.ts'
import { SourcesViewSchema } from '../../shared/api-setup-views.ts'
import { StrangerPageSchema } from '../../shared/api-strangers.ts'
import * as watch from '../../shared/api-watch.ts'
import { must } from '../../shared/assert.ts'
import { fakeAfter } from './fake-after.ts'
import { fakeApps } from './fake-apps.ts'
import { fakeSetup } from './fake-setup.ts'
import * as scenes from './scenes.ts'
import { overlayPage, overlayVerdict } from './scenes-overlay.ts'
import { pageProject, pageScene } from './scenes-pages.ts'
import { sources } from './scenes-setup.ts'
import { consequencesOf, logWindow, samplesOf } from './scenes-watch.ts'

/** An agent with a script instead of a ledger: the extension's tests need every state, not a real run. */
export interface FakeAgent {
  address: string
  /** What was asked, as "GET /api/state?since=0". */
  asked: string[]
  /** Shows these migrations from now on; the cursor rises and streams hear of it. */
  show: (rows: api.MigrationView[], deleted?: string[]) => void
  /** Starts counting from anew, as an agent does whose folder was replaced. */
  restartCount: () => void
  /** An app of a migration changes, and with it the migration. */
  changeApp: (id: string, key: string, change: Partial<AppView>) => void
  close: () => Promise<void>
}

export const code = 'K7QM-4XRT'
export const token = 'token-of-the-fake-agent'

const pagePaths = /^(marks|page-jql)$/

/** Starts the scripted agent on a free port of this machine. Every answer is checked by the shared schemas. */
export async function startFakeAgent(port = 0): Promise<FakeAgent> {
  const rows = new Map<string, api.MigrationView>()
  const deleted = new Map<string, number>()
  const asked: string[] = []
  const listeners = new Set<() => void>()
  const setup = fakeSetup()
  const apps = fakeApps()
  const after = fakeAfter()
  let cursor = 10
  let practice: PracticeView = {
    projects: ['PAY', 'WALLET', 'OPS', 'LEGAL'].map((key) => ({ key, name: `Project ${key}` })),
    issues: 324,
    migrations: ['Sample: Kestrel Pay'],
    whyNot: null,
  }

  /** Oldest change first, as the agent gives them; `limit` as it does, too. */
  const state = (since: number, limit = 500): api.State => {
    const after = [...rows.values()]
      .filter((row) => row.changed > since)
      .toSorted((a, b) => a.changed - b.changed)
    const migrations = after.slice(0, limit)
    const more = after.length > limit
    const upTo = more ? must(migrations.at(-1), 'a page').changed : cursor
    const gone = [...deleted].filter(([, n]) => n > since && n <= upTo).map(([id]) => id)
    return { cursor: upTo, migrations, deleted: gone, ...(more ? { more } : {}) }
  }
  function put(row: api.MigrationView): api.MigrationView {
    cursor += 1
    const changed = { ...row, changed: cursor }
    rows.set(row.id, changed)
    for (const tell of listeners) tell()
    return changed
  }

  function act(row: api.MigrationView, what: string): api.MigrationView {
    const change: Record<string, Partial<api.MigrationView>> = {
      run: { status: 'running', activity: 'pushing', reason: null, problem: null },
      pause: { activity: 'paused', pausedBy: ['by you'] },
      resume: { activity: 'pushing', pausedBy: [] },
      stop: { status: 'incomplete', activity: 'idle', reason: 'stopped by you' },
      archive: { archived: true },
      unarchive: { archived: false },
    }
    return put({ ...row, ...change[what] })
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const query = url.searchParams
    const path = url.pathname
      .replace(/^\/api\//, '')
      .split('/')
      .map(decodeURIComponent)
    const done = <T>(schema: v.GenericSchema<unknown, T>, value: T, status = 200) =>
      answer(response, status, v.parse(schema, value))
    asked.push(`${request.method} ${url.pathname}${url.search}`)
    if (path[0] === 'about')
      return done(api.AboutSchema, {
        product: 'landfall',
        version: '0.1.0',
        name: 'this machine',
        startedAt: scenes.at,
      })
    if (path[0] === 'pair') {
      const body = v.safeParse(pairing.PairBody, await bodyOf(request))
      if (body.success && body.output.code === code)
        return done(pairing.PairedSchema, { token, agent: 'this machine' })
      return refuse(response, 403, 'not-paired', 'The pairing code is not right, or was used.')
    }
    if (request.headers.authorization !== `Bearer ${token}`)
      return refuse(response, 401, 'not-paired', 'This browser is not paired with the agent.')
    if (path[0] === 'state')
      return done(
        api.StateSchema,
        state(Number(query.get('since')), Number(query.get('limit') ?? 500)),
      )
    if (path[0] === 'events') return stream(response, Number(query.get('since')))
    const page = path[0] === 'original' ? overlayPage(path, query) : null
    if (page) return answer(response, page.status, page.body)
    const said =
      request.method === 'POST' && pagePaths.test(path[0] ?? '') ? await bodyOf(request) : null
    const scene = path.length === 1 ? pageScene(path[0] ?? '', query, said) : null
    if (scene) return answer(response, 200, scene)
    if (path[0] === 'verdicts') {
      const onItsWay = pageProject(query.get('project') ?? '')
      if (onItsWay) return answer(response, 200, onItsWay)
      const told = overlayVerdict(query)
      if (told) return answer(response, told.status, told.body)
      const issue = query.get('issue')
      return issue !== null
        ? done(api.VerdictViewSchema, scenes.issueVerdict(issue))
        : done(api.ProjectVerdictViewSchema, scenes.projectVerdict(query.get('project') ?? ''))
    }
    if (path[0] === 'migrations' && path.length === 1 && request.method === 'POST') {
      const body = v.parse(SetupBody, await bodyOf(request))
      const id = `new-${cursor}`
      const made = scenes.migration({ id, changedAt: Date.now(), ...setup.save(id, body) })
      return done(api.MigrationViewSchema, put(made), 201)
    }
    // An agent whose disk is busy: all of the file is taken, and no answer comes.
    if (path[1] === 'upload') return void request.resume()
    if (path[0] === 'practice') {
      if (request.method === 'DELETE') practice = { ...practice, projects: [], issues: 0 }
      return done(PracticeViewSchema, practice)
    }
    if (path[0] === 'archive') {
      const { ids, archived } = v.parse(ArchiveBody, await bodyOf(request))
      for (const id of ids) put({ ...must(rows.get(id), id), archived })
      return done(ArchivedViewSchema, { done: ids, refused: [] })
    }
    if (path[0] === 'sources') return done(SourcesViewSchema, sources)
    const row = rows.get(path[1] ?? '')
    if (!row) return refuse(response, 404, 'not-found', 'There is no such migration.')
    if (request.method === 'PUT' && path.length === 2) {
      const said = await bodyOf(request)
      if (setup.clashes(row, said))
        return refuse(response, 409, 'setup-changed', 'This setup was changed in another window.')
      const changed = put({ ...row, ...setup.save(row.id, said) })
      const { willDo, ...view } = setup.view(changed)
      return done(EditedViewSchema, { setup: { ...view, willDo }, willDo })
    }
    if (path[2] === 'copy') {
      const id = `copy-${cursor}`
      const { id: _, name, ...rest } = setup.view(row)
      const copied = setup.save(id, { ...rest, site: null, name: `Copy of ${name}`, step: 'name' })
      return done(api.MigrationViewSchema, put(scenes.migration({ id, ...copied })), 201)
    }
    const csv = path[2]?.endsWith('.csv') && request.method === 'POST'
    const body =
      path.length > 2 && !csv && request.headers['content-type'] === 'application/json'
        ? await bodyOf(request)
        : null
    const method = request.method ?? 'GET'
    const scripted =
      apps.route(row, method, path.slice(2), query, body) ??
      after(row, method, path.slice(2), query, body) ??
      setup.route(row, method, path.slice(2), query, body)
    if (scripted) {
      if (typeof scripted.body === 'string') response.writeHead(scripted.status).end(scripted.body)
      else answer(response, scripted.status, scripted.body)
      return
    }
    if (request.method === 'DELETE') {
      rows.delete(row.id)
      deleted.set(row.id, ++cursor)
      for (const tell of listeners) tell()
      response.writeHead(204).end()
      return
    }
    if (request.method === 'POST') return done(api.MigrationViewSchema, act(row, path[2] ?? ''))
    if (path[2] === undefined) {
      const told = scenes.detailOf(row)
      const findings = told.findings.map((one) => {
        const said = setup.accepted(row).find((note) => note.code === one.code)
        return said ? { ...one, accepted: said } : one
      })
      return done(api.MigrationDetailSchema, { ...told, findings })
    }
    if (path[2] === 'items')
      return done(api.ItemPageSchema, {
        items: scenes.items.filter(
          (one) =>
            one.seq > Number(query.get('after') ?? 0) &&
            (query.get('kind') ?? one.kind) === one.kind &&
            (query.get('verdict') ?? one.verdict) === one.verdict &&
            (query.get('code') ?? one.reason?.code) === one.reason?.code,
        ),
        next: query.get('after') === null ? 3 : null,
      })
    if (path[2] === 'repairs')
      return done(RepairsViewSchema, {
        running: false,
        sentence: null,
        done: 0,
        total: 0,
        repairs: [],
        next: null,
      })
    if (path[2] === 'beside') return done(BesidePageSchema, { rows: scenes.beside, next: null })
    if (path[2] === 'strangers')
      return done(StrangerPageSchema, { strangers: scenes.strangers, next: null })
    if (path[2] === 'consequences') return done(ConsequencesViewSchema, consequencesOf(row))
    if (path[2] === 'samples') return done(watch.SamplesViewSchema, samplesOf(row))
    if (path[2] === 'log-window')
      return done(watch.LogWindowSchema, logWindow(query, row.id === 'pay' ? 100_000 : 0))
    if (path[2] === 'log') return done(api.LogPageSchema, { lines: scenes.log, next: null })
    response.writeHead(200, { 'Content-Type': 'application/octet-stream' })
    response.end(`${path[2]} of ${row.name}`)
  }

  function stream(response: ServerResponse, from: number): void {
    let since = from
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    response.write(': here\n\n')
    const tell = (): void => {
      const news = v.parse(api.StateSchema, state(since))
      since = news.cursor
      response.write(`event: state\nid: ${news.cursor}\ndata: ${JSON.stringify(news)}\n\n`)
      if (news.more) tell()
    }
    if (cursor > since) tell()
    listeners.add(tell)
    // Who hears nothing for ten seconds takes the agent for one that hangs.
    const beat = setInterval(() => response.write(': still here\n\n'), 3000)
    response.on('close', () => {
      clearInterval(beat)
      listeners.delete(tell)
    })
  }

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      console.error(error)
      refuse(response, 500, 'unexpected', String(error))
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    show: (next, gone = []) => {
      for (const id of gone) {
        rows.delete(id)
        deleted.set(id, ++cursor)
      }
      // Each row keeps its place in time: the last of the list changed last.
      for (const row of next) put(row)
    },
    changeApp: (id, key, change) => {
      const row = must(rows.get(id), id)
      apps.set(row, key, change)
      put(row)
    },
    restartCount: () => {
      cursor = 1
      rows.clear()
      deleted.clear()
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

function refuse(response: ServerResponse, status: number, problem: string, sentence: string): void {
  const hint = 'Look where the agent was started for what to do.'
  answer(response, status, { problem: { code: problem, sentence, hint, again: false } })
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return JSON.parse(text)
}
