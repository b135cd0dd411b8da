import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderParts } from '../../agent/config.ts'
import { addMigration } from '../../agent/ledger/migrations.ts'
import { openVault } from '../../agent/ledger/secrets.ts'
import { writeSample } from '../../agent/sample/sample.ts'
import { type Agent, startAgent } from '../../agent/serve.ts'
import type { ItemView } from '../../shared/api.ts'
import type { RepairPreview, RepairsView, RepairVia, RepairView } from '../../shared/api-repair.ts'
import { must } from '../../shared/assert.ts'
import type { Kind } from '../../shared/plan.ts'
import type { Verdict } from '../../shared/status.ts'
import { type call, type PracticeProcess, pair } from '../support/agent-process.ts'

export interface SiteIssue {
  id: string
  key: string
  fields: {
    summary: string
    description: unknown
    labels: string[]
    comment: { comments: { id: string; body: unknown; created: string; updated: string }[] }
    worklog: { worklogs: { id: string }[] }
    attachment: { id: string; filename: string }[]
    issuelinks: { id: string; type: { name: string }; outwardIssue?: { key: string } }[]
    subtasks?: unknown[]
    watches?: { watchCount: number }
  }
}

export const doc = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})

/** A practice site that holds the sample, an agent beside it, and the administrator's own calls to the site. */
/** @param outside a site that outlives the agent; by default the agent's own practice site */
export async function repairWorld(outside: PracticeProcess | null = null) {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-repair-'))
  const sample = await writeSample(join(folder, 'sample'))
  let code = ''
  const agent = await startAgent({
    folder: join(folder, 'agent'),
    port: 0,
    practicePort: 0,
    onCode: (made) => {
      code = made
    },
  })
  agent.pairingCode()
  // The agent's own practice site: it knows the people of the source.
  const site = outside ?? (await agent.practice.access(null))
  const api = await pair({ url: agent.url, folder, code })
  const world = worldOf(api)
  return {
    ...world,
    ...administrator(site),
    folder,
    site,
    sample,
    agent,
    api,
    /** Runs a migration of the sample to its end, or verifies what is there. */
    run: (id: string, mode: 'move' | 'verify', url = site.url) =>
      runMigration(agent, folderParts(join(folder, 'agent')).keyFile, {
        id,
        mode,
        url,
        sample,
        site,
        own: outside === null && mode === 'move',
      }),
    async close() {
      await agent.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type RepairWorld = Awaited<ReturnType<typeof repairWorld>>

export async function runMigration(
  agent: Agent,
  keyFile: string,
  how: {
    id: string
    mode: 'move' | 'verify'
    url: string
    sample: { backup: string; attachments: string }
    site: PracticeProcess
    /** The agent's own practice site. */
    own: boolean
  },
): Promise<void> {
  const { db } = agent.ledger
  const { id, mode, url, sample, site, own } = how
  const known = await db.selectFrom('migration').select('id').where('id', '=', id).execute()
  if (!known.length) {
    await addMigration(db, {
      id,
      name: `Migration ${id}`,
      source: {
        kind: 'backup',
        path: sample.backup,
        attachments: sample.attachments,
        timeZone: null,
      },
      site: own ? { kind: 'practice' } : { kind: 'cloud', url, email: site.email },
      scope: { projects: null },
      mode,
      at: Date.now(),
    })
    await openVault(db, keyFile).put(`site:${id}`, site.token)
  }
  await agent.runner.start(id)
  await agent.runner.ended(id)
}

/** What a client of the agent does about repairs. */
export function worldOf(api: ReturnType<typeof call>) {
  async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await api(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return JSON.parse(text) as T
  }
  const repairs = (id: string) => ask<RepairsView>('GET', `/api/migrations/${id}/repairs`)
  /** Waits for the end of what is under way. @returns the newest repairs, newest first */
  async function ended(id: string): Promise<RepairView[]> {
    for (;;) {
      const view = await repairs(id)
      if (!view.running) return view.repairs
      await new Promise((done) => setTimeout(done, 25))
    }
  }
  return {
    ask,
    repairs,
    ended,
    async items(id: string, kind: Kind, verdict: Verdict): Promise<ItemView[]> {
      const query = new URLSearchParams({ kind, verdict, limit: '500' })
      const page = await ask<{ items: ItemView[] }>('GET', `/api/migrations/${id}/items?${query}`)
      return page.items
    },
    async item(id: string, seq: number): Promise<ItemView> {
      for (const verdict of ['verified', 'different', 'failed', 'leftOut'] as const) {
        const query = new URLSearchParams({ verdict, after: String(seq - 1), limit: '1' })
        const page = await ask<{ items: ItemView[] }>('GET', `/api/migrations/${id}/items?${query}`)
        const one = page.items.find((item) => item.seq === seq)
        if (one) return one
      }
      throw new Error(`There is no item ${seq}.`)
    },
    preview: (id: string, items: number[], via: RepairVia = 'agent') =>
      ask<RepairPreview>('POST', `/api/migrations/${id}/repairs/preview`, { items, via }),
    begin: (id: string, items: number[], via: RepairVia = 'agent') =>
      ask<RepairsView>('POST', `/api/migrations/${id}/repairs`, { items, via, who: 'Mia' }),
    async repair(id: string, items: number[], via: RepairVia = 'agent'): Promise<RepairView[]> {
      await ask<RepairsView>('POST', `/api/migrations/${id}/repairs`, { items, via, who: 'Mia' })
      const all = await ended(id)
      return items.map((seq) =>
        must(
          all.find((one) => one.seq === seq),
          `repair of ${seq}`,
        ),
      )
    },
    async undo(id: string, n: number, via: RepairVia = 'agent'): Promise<RepairView> {
      await ask<RepairsView>('POST', `/api/migrations/${id}/repairs/${n}/undo`, { who: 'Tom', via })
      return must(
        (await ended(id)).find((one) => one.n === n),
        `repair ${n}`,
      )
    },
  }
}

/** The administrator of the site at work there, with the API. */
export function administrator(site: PracticeProcess) {
  async function onSite<T = Record<string, never>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<T> {
    const answer = await fetch(`${site.url}/rest/api/3${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${site.email}:${site.token}`).toString('base64')}`,
        'content-type': 'application/json',
        'x-atlassian-token': 'no-check',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return (text ? JSON.parse(text) : {}) as T
  }
  return {
    onSite,
    issue: (key: string) => onSite<SiteIssue>('GET', `/issue/${key}`),
    /** Issues of the site by what they have, each given out once, so that no two tests meet. */
    async pool() {
      const issues: SiteIssue[] = []
      let nextPageToken: string | undefined
      do {
        const page: { issues: SiteIssue[]; nextPageToken?: string } = await onSite(
          'POST',
          '/search/jql',
          {
            jql: 'created > "2000-01-01" ORDER BY key ASC',
            maxResults: 100,
            fields: ['*all'],
            ...(nextPageToken ? { nextPageToken } : {}),
          },
        )
        issues.push(...page.issues)
        nextPageToken = page.nextPageToken
      } while (nextPageToken)
      const used = new Set<string>()
      return (fits: (issue: SiteIssue) => boolean): SiteIssue => {
        const found = must(
          issues.find((issue) => !used.has(issue.key) && fits(issue)),
          'The sample has such an issue.',
        )
        used.add(found.key)
        return found
      }
    },
  }
}
