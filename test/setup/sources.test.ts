import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import JSZip from 'jszip'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backupFolders, findBackups } from '../../agent/setup/sources.ts'

const folder = mkdtempSync(join(tmpdir(), 'landfall-sources-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<!--\n${'x'.repeat(3000)}\n-->\n<entity-engine-xml date="1">\n</entity-engine-xml>\n`
const zip = async (name: string, files: string[]) => {
  const made = new JSZip()
  for (const file of files) made.file(file, xml)
  writeFileSync(join(folder, name), await made.generateAsync({ type: 'nodebuffer' }))
}

beforeAll(async () => {
  await zip('jira.zip', ['activeobjects.xml', 'entities.xml'])
  await zip('one.zip', ['2015-Feb-09.xml'])
  await zip('photos.zip', ['a.png', 'b.png'])
  writeFileSync(join(folder, 'old.xml'), xml)
  writeFileSync(join(folder, 'pom.xml'), `<project>${'x'.repeat(200)}</project>`)
  writeFileSync(join(folder, 'broken.zip'), 'PK'.repeat(100))
  mkdirSync(join(folder, 'unpacked'))
  cpSync(join(folder, 'old.xml'), join(folder, 'unpacked', 'entities.xml'))
  mkdirSync(join(folder, 'unpacked', 'attachments'))
})

test('finds backups by what is in them, and the attachments that lie beside', async () => {
  const { backups, folders } = await findBackups([folder, folder, join(folder, 'nowhere')])
  expect(folders).toEqual([folder])
  expect(backups.map(({ name }) => name.replaceAll('\\', '/')).sort()).toEqual([
    'jira.zip',
    'old.xml',
    'one.zip',
    'unpacked/entities.xml',
  ])
  const unpacked = backups.find(({ path }) => path.includes('unpacked'))
  expect(unpacked?.attachments).toBe(join(folder, 'unpacked', 'attachments'))
})

test('looks two levels down and no deeper, and follows no link', async () => {
  const top = join(folder, 'deep')
  const elsewhere = mkdtempSync(join(tmpdir(), 'landfall-elsewhere-'))
  mkdirSync(join(top, 'a', 'b', 'c'), { recursive: true })
  for (const place of [join(top, 'a'), join(top, 'a', 'b'), join(top, 'a', 'b', 'c'), elsewhere])
    cpSync(join(folder, 'old.xml'), join(place, 'old.xml'))
  symlinkSync(elsewhere, join(top, 'linked'), 'junction')
  try {
    const { backups, levels, unfinished } = await findBackups([top])
    expect(backups.map(({ path }) => path).sort()).toEqual([
      join(top, 'a', 'b', 'old.xml'),
      join(top, 'a', 'old.xml'),
    ])
    expect({ levels, unfinished }).toEqual({ levels: 2, unfinished: [] })
    // Of three names (a, linked, a/b) no file is left to look at within two; the folder is told.
    const few = await findBackups([top], { names: 2, time: 60_000 })
    expect(few).toMatchObject({ backups: [], unfinished: [top] })
  } finally {
    rmSync(top, { recursive: true, force: true })
    rmSync(elsewhere, { recursive: true, force: true })
  }
})

test('looks where people say, where they looked before, and at home', () => {
  const env = { LANDFALL_BACKUPS: '/srv/jira' }
  expect(backupFolders(env, '/home/ann', ['/data/export/a.zip'])).toEqual([
    '/srv/jira',
    '/data/export',
    '/home/ann',
    join('/home/ann', 'Downloads'),
  ])
})
