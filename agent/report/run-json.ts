import { printableJson } from '../../shared/straight.ts'
import type { NewMigration } from '../ledger/migrations.ts'
import { appsJson } from './apps.ts'
import type { Facts } from './facts.ts'

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

/** The whole run for scripts; no path of this machine and no token is in it. */
export function runJson(facts: Facts, zip: string, files: readonly string[]): string {
  const { migration } = facts
  const source = JSON.parse(migration.sourceJson) as NewMigration['source']
  const site = JSON.parse(migration.siteJson) as NewMigration['site']
  return `${printableJson(
    {
      product: 'landfall',
      format: 1,
      migration: {
        id: migration.id,
        name: migration.name,
        status: migration.status,
        activity: migration.activity,
        stage: migration.stage,
        mode: migration.mode,
        reason: migration.reason,
        problem: JSON.parse(migration.problemJson ?? 'null'),
        source: { kind: source.kind, version: migration.sourceVersion },
        site: { kind: site.kind, url: migration.siteUrl },
        scope: JSON.parse(migration.scopeJson),
      },
      counts: facts.kinds,
      totals: facts.totals,
      keysPreserved: facts.keysPreserved,
      projects: facts.projects.map(({ key, name, counts }) => ({ key, name, counts })),
      findings: facts.findings,
      announcedLosses: facts.losses,
      apps: appsJson(facts.apps),
      times: {
        createdAt: iso(migration.createdAt),
        startedAt: iso(migration.startedAt),
        finishedAt: iso(migration.finishedAt),
        workedSeconds: migration.workedMs / 1000,
        writtenAt: iso(facts.writtenAt),
      },
      runs: migration.runs,
      requests: migration.requests,
      /** The number of the ledger's clock that this report is about: a later one makes it stale. */
      changed: migration.changed,
      zip,
      files,
    },
    2,
  )}\n`
}
