import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { sourceOf } from '../ledger/drafts.ts'
import { getMigration } from '../ledger/migrations.ts'
import type { SetupService } from '../routes/setup-service.ts'
import { removePart } from '../snapshot/write.ts'
import { sinceRead } from './account.ts'
import { copySnapshot } from './copied.ts'
import { forgetOnDisk, forgetSource, forgetUploads, onDisk } from './disk.ts'
import { testFiles } from './files-test.ts'
import { createInspection } from './inspection.ts'
import { sourceToTry, testSource } from './live-source.ts'
import { createMapping } from './mapping.ts'
import { forgetMappingsFile, keepMappings, lookAtMappings } from './mappings-upload.ts'
import { createNames } from './names.ts'
import { type SetupParts, snapshotMark, snapshotPath, withSnapshot } from './parts.ts'
import { createPreview } from './preview.ts'
import { accessToTry, testSite } from './site.ts'
import { createSourceProjects } from './source-projects.ts'
import { backupFolders, findBackups } from './sources.ts'
import { keepUpload } from './upload.ts'

/** What people do before a run: inspect, connect, map, compare, preview. It writes to ledger and disk, never to a site. */
export function createSetup(parts: SetupParts): SetupService {
  const { db } = parts.ledger
  const closing = new AbortController()
  const { signal } = closing
  const inspection = createInspection(parts)
  const projects = createSourceProjects(parts)
  const mapping = createMapping(parts, signal)
  const names = createNames(parts, mapping.accountsOf, signal)
  const preview = createPreview(parts)
  const uploads = join(parts.folder.root, 'uploads')

  return {
    async inspect(id, anew) {
      const view = await inspection.start(id, anew)
      // What was planned of the reading before is about something else.
      if (view.state === 'reading') await preview.forget(id)
      return view
    },
    inspection: (id) => inspection.view(id),
    stopInspection: (id) => inspection.stop(id),

    listProjects: (id) => projects.start(id),
    sourceProjects: (id) => projects.view(id),
    stopListing: (id) => projects.stop(id),

    async readAt(id) {
      const row = await getMigration(db, id)
      if (sourceOf(row).kind !== 'datacenter' || snapshotMark(parts, row) === null) return null
      return withSnapshot(parts, row, async (snapshot) => snapshot.info().exportedAt)
    },

    async testSource(id, source) {
      const row = await getMigration(db, id)
      const access = await sourceToTry(parts, row, source)
      const tested = await testSource(access, signal)
      if (snapshotMark(parts, row) === null || access.url !== sourceOf(row).path) return tested
      const { live } = await withSnapshot(parts, row, async (snapshot) => snapshot.info())
      return live ? { ...tested, notes: [...sinceRead(live, tested), ...tested.notes] } : tested
    },

    async testFiles(id, folder, path) {
      const row = await getMigration(db, id)
      const another = path !== null && path !== sourceOf(row).path
      if (another || snapshotMark(parts, row) === null) return testFiles(folder, null, parts.now)
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

    collisions: (id) => names.view(id),
    names: (id, question) => names.page(id, question),

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
      if (!sourceChanged) return
      mapping.forget(id)
      await inspection.forget(id)
      await projects.forget(id)
      rmSync(snapshotPath(parts, id), { force: true })
      removePart(`${snapshotPath(parts, id)}.part`)
    },

    copied: (from, to) => copySnapshot(parts, from, to),
    onDisk: (id) => onDisk(parts, id),
    async forget(id) {
      await preview.forget(id)
      await inspection.forget(id)
      await projects.forget(id)
      mapping.forget(id)
      await forgetOnDisk(parts, id)
    },

    async close() {
      closing.abort(new Error('The agent is closing.'))
      await inspection.close()
      await projects.close()
      await preview.close()
    },
  }
}
