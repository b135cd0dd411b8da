import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultFolder, folderParts, portOf, practiceAliases, version } from '../../agent/config.ts'

test('the folder lies where the system keeps such things, or where it is told', () => {
  expect(defaultFolder({}, 'linux', '/home/ann')).toBe(join('/home/ann', '.landfall'))
  expect(defaultFolder({}, 'darwin', '/Users/ann')).toBe(
    join('/Users/ann', 'Library', 'Application Support', 'Landfall'),
  )
  expect(defaultFolder({ LOCALAPPDATA: 'L' }, 'win32', 'H')).toBe(join('L', 'Landfall'))
  expect(defaultFolder({ LANDFALL_FOLDER: '/data' }, 'win32', 'H')).toBe('/data')
})

test('each part has a place of its own in the folder', () => {
  const parts = folderParts('/data')
  const places = [parts.ledger, parts.keyFile, parts.snapshots, parts.practice, parts.report('m1')]
  expect(new Set(places).size).toBe(5)
  for (const place of places) expect(place.startsWith('/data/')).toBe(true)
})

test('port, practice names and version', () => {
  expect([portOf({}), portOf({ LANDFALL_PORT: '5000' }), portOf({ LANDFALL_PORT: 'x' })]).toEqual([
    4747, 5000, 4747,
  ])
  expect(
    practiceAliases({ LANDFALL_PRACTICE_ALIASES: 'https://a.example, https://b.example' }),
  ).toEqual(['https://a.example', 'https://b.example'])
  expect(practiceAliases({})).toEqual([])
  expect(version()).toMatch(/^\d+\.\d+\.\d+/)
})
