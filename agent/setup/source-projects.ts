import { createHash } from 'node:crypto'
import { Problem } from '../../shared/problem.ts'
import type { SourceProject, SourceProjectsView } from '../../shared/source-projects.ts'
import { getMigration, type MigrationRow } from '../ledger/migrations.ts'
import type { SourceAccess } from '../source/datacenter/client.ts'
import { listProjects } from '../source/datacenter/listing.ts'
import { accessTo } from '../source-access.ts'
import { createJobs } from './jobs.ts'
import type { SetupParts } from './parts.ts'

interface Listed {
  projects: SourceProject[]
  counted: number
}

const none: SourceProjectsView = { state: 'none', problem: null, projects: [], counted: 0 }

/** Lists the projects of live sources with their sizes, before anything is read. */
export function createSourceProjects(parts: SetupParts) {
  const jobs = createJobs<Listed>()
  /** With what each list was asked: another token may see other projects. */
  const askedWith = new Map<string, string>()

  async function accessOf(row: MigrationRow): Promise<SourceAccess> {
    const access = await accessTo(parts, row)
    if (access) return access
    throw new Problem('usage', 'A backup tells its projects once it was read.', {
      hint: 'Inspect it instead.',
    })
  }

  async function view(id: string): Promise<SourceProjectsView> {
    const access = await accessOf(await getMigration(parts.ledger.db, id))
    const job = jobs.get(id)
    if (!job || askedWith.get(id) !== markOf(access)) return none
    const { projects = [], counted = 0 } = job.progress ?? {}
    if (job.state === 'running') return { ...none, state: 'listing', projects, counted }
    if (job.state === 'failed') return { state: 'failed', problem: job.problem, projects, counted }
    // Stopped in the middle of counting: what is known is enough to choose from.
    return projects.length === 0 && job.state === 'stopped'
      ? none
      : { ...none, state: 'done', projects, counted }
  }

  return {
    view,
    async start(id: string): Promise<SourceProjectsView> {
      const access = await accessOf(await getMigration(parts.ledger.db, id))
      if (askedWith.get(id) !== markOf(access)) await jobs.forget(id)
      askedWith.set(id, markOf(access))
      jobs.start(id, (signal, tell) =>
        listProjects(access, signal, (projects, counted) => tell({ projects, counted })),
      )
      return view(id)
    },
    async stop(id: string): Promise<SourceProjectsView> {
      await jobs.stop(id)
      return view(id)
    },
    async forget(id: string) {
      await jobs.forget(id)
      askedWith.delete(id)
    },
    close: () => jobs.close(),
  }
}

/** Changes with address, user and token; the secret itself is not kept. */
export const markOf = ({ url, user, secret }: SourceAccess): string =>
  createHash('sha256')
    .update(JSON.stringify([url, user, secret]))
    .digest('hex')
