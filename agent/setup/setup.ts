import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { collisionsOf, sourceOf } from '../ledger/drafts.ts'
import { getMigration } from '../ledger/migrations.ts'
import { neededFromSite } from '../plan/plan.ts'
import { optionsOf } from '../plan-options.ts'
import type { SetupService } from '../routes/setup-service.ts'
import { viewCollisions } from './collisions.ts'
import { forgetOnDisk, forgetSource, forgetUploads, onDisk } from './disk.ts'
import { testFiles } from './files-test.ts'
import { createInspection } from './inspection.ts'
import { sourceToTry, testSource } from './live-source.ts'
import { createMapping } from './mapping.ts'
import { forgetMappingsFile, keepMappings, lookAtMappings } from './mappings-upload.ts'
import { type SetupParts, snapshotMark, snapshotPath, withSnapshot } from './parts.ts'
import { createPreview } from './preview.ts'
import { accessOf, accessToTry, testSite, withConnection } from './site.ts'
import { backupFolders, findBackups } from './sources.ts'
import { keepUpload } from './upload.ts'

/** What people do before a run: inspect, connect, map, compare, preview. It writes to ledger and disk, never to a site. */
export function createSetup(parts: SetupParts): SetupService {
  const { db } = parts.ledger
  const closing = new AbortController()
  const { signal } = closing
  const inspection = createInspection(parts)
  const mapping = createMapping(parts, signal)
  const preview = createPreview(parts)
  const uploads = join(parts.folder.root, 'uploads')

  return {
    async inspect(id) {
      const view = await inspection.start(id)
      // What was planned of the reading before is about something else.
      if (view.state === 'reading') await preview.forget(id)
      return view
    },
    inspection: (id) => inspection.view(id),
    stopInspection: (id) => inspection.stop(id),

    async readAt(id) {
      const row = await getMigration(db, id)
      if (sourceOf(row).kind !== 'datacenter' || snapshotMark(parts, row) === null) return null
      return withSnapshot(parts, row, async (snapshot) => snapshot.info().exportedAt)
    },
    async testSource(id, source) {
      const row = await getMigration(db, id)
      return testSource(await sourceToTry(parts, row, source), signal)
    },

    async testFiles(id, folder) {
      const row = await getMigration(db, id)
      if (snapshotMark(parts, row) === null) return testFiles(folder, null, parts.now)
      return withSnapshot(parts, row, (snapshot) => testFiles(folder, snapshot, parts.now))
    },

    async testSite(id, site) {
      const row = await getMigration(db, id)
      if (snapshotMark(parts, row) === null)
        return testSite(await accessToTry(parts, row, site, null), signal)
      // The practice site invites the people of the source, so it wants to see them.
      return withSnapshot(parts, row, async (snapshot) =>
        testSite(await accessToTry(parts, row, site, snapshot), signal),
      )
    },

    people: (id, question) => mapping.page(id, question),
    async choosePerson(id, key, choice) {
      const person = await mapping.choose(id, key, choice)
      await preview.forget(id)
      return person
    },
    accounts: (id, words) => mapping.accounts(id, words),
    peopleCsv: (id) => mapping.csv(id),
    async uploadPeople(id, csv) {
      const said = await mapping.upload(id, csv)
      if (said.changed) await preview.forget(id)
      return said
    },

    async collisions(id) {
      const row = await getMigration(db, id)
      return withSnapshot(parts, row, async (snapshot) => {
        const access = await accessOf(parts, row, snapshot)
        const options = optionsOf(row)
        const facts = await withConnection(access, signal, ({ read }) =>
          read.facts({ ...neededFromSite(snapshot, options), emails: [] }),
        )
        return viewCollisions(snapshot, facts, collisionsOf(row))
      })
    },

    startPreview: (id) => preview.start(id),
    preview: (id) => preview.view(id),
    stopPreview: (id) => preview.stop(id),
    planned: (id, question) => preview.items(id, question),

    async sources() {
      const rows = await db
        .selectFrom('migration')
        .selectAll()
        .orderBy('changedAt', 'desc')
        .limit(20)
        .execute()
      const used = rows
        .map(sourceOf)
        .flatMap(({ kind, path }) => (kind === 'backup' && path ? [path] : []))
      return findBackups(backupFolders(parts.env, parts.home, used))
    },
    async upload(contentType, body) {
      await forgetUploads(parts)
      return keepUpload(uploads, contentType, body)
    },
    sourceReplaced: (id, path) => forgetSource(parts, id, path),
    uploadMappings: (contentType, body) => keepMappings(uploads, contentType, body, signal),
    lookAtMappings: (path) => lookAtMappings(path, signal),
    mappingsReplaced: (id, path) => forgetMappingsFile(db, uploads, id, path),

    async edited(id, sourceChanged) {
      await preview.forget(id)
      mapping.forget(id)
      if (!sourceChanged) return
      await inspection.forget(id)
      rmSync(snapshotPath(parts, id), { force: true })
    },

    onDisk: (id) => onDisk(parts, id),
    async forget(id) {
      await preview.forget(id)
      await inspection.forget(id)
      mapping.forget(id)
      await forgetOnDisk(parts, id)
    },

    async close() {
      closing.abort(new Error('The agent is closing.'))
      await inspection.close()
      await preview.close()
    },
  }
}
