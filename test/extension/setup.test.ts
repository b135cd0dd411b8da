import { describe, expect, test } from 'vitest'
import { fromHash, toHash } from '../../extension/models/place.ts'
import {
  bodyOf,
  emptyForm,
  type Form,
  formOf,
  stepFrom,
  whyNotNext,
  wrongOf,
} from '../../extension/models/setup-form.ts'
import { range, size } from '../../extension/views/sizes.ts'
import { type SetupStep, setupSteps } from '../../shared/setup.ts'

const typed: Form = {
  ...emptyForm,
  name: 'HR',
  path: '/b.zip',
  site: 'cloud',
  url: 'https://acme.atlassian.net',
  email: 'a@acme.example',
  token: 'secret',
}

describe('the address holds the step', () => {
  test.each(setupSteps)('%s', (step) => {
    const place = { at: 'setup', id: 'a/b', step } as const
    expect(toHash(place)).toBe(`#/migration/a%2Fb/edit/${step}`)
    expect(fromHash(toHash(place))).toEqual(place)
  })
  test('and one that is none leads to the first', () => {
    expect(fromHash('#/migration/x/edit')).toEqual({ at: 'setup', id: 'x', step: 'name' })
    expect(fromHash('#/migration/x/edit/what')).toEqual({ at: 'setup', id: 'x', step: 'name' })
  })
})

describe('what was typed', () => {
  test('is sent whole, empty fields as nothing', () => {
    expect(bodyOf({ ...typed, attachments: ' ', timeZone: '' }, 'scope')).toMatchObject({
      name: 'HR',
      source: { kind: 'backup', path: '/b.zip', attachments: null, timeZone: null },
      site: { kind: 'cloud', url: typed.url, email: typed.email, token: 'secret' },
      step: 'scope',
    })
    expect(bodyOf(emptyForm, 'source')).toMatchObject({ source: null, site: null })
  })
  test('comes back as the agent has it, but for the token, which never does', () => {
    const { scope, collisions } = emptyForm
    const view = {
      id: 'x',
      revision: 'a1',
      name: 'HR',
      purpose: 'production',
      source: { kind: 'backup', path: '/b.zip', attachments: null, timeZone: 'UTC' },
      site: { kind: 'cloud', url: typed.url, email: typed.email, tokenStored: true },
      scope,
      collisions,
      mappings: null,
      step: null,
      missing: [],
      fixed: [],
      willDo: [],
    } as const
    expect(formOf({ ...view, missing: [], fixed: [], willDo: [] })).toEqual({
      ...typed,
      revision: 'a1',
      purpose: 'production',
      timeZone: 'UTC',
      token: '',
    })
  })
  test('that cannot be understood is said at its field, first steps first', () => {
    const wrong = wrongOf({ ...typed, name: '', url: 'acme', timeZone: 'Mars' }, 'scope')
    expect(wrong.map(({ field, step }) => [field, step])).toEqual([
      ['name', 'name'],
      ['timeZone', 'source'],
      ['url', 'site'],
    ])
    for (const zone of ['Europe/Berlin', 'UTC+05:30', ''])
      expect(wrongOf({ ...typed, timeZone: zone }, 'scope')).toEqual([])
  })
})

test('a name that is too long is told so in our words', () => {
  const wrong = wrongOf({ ...typed, name: 'x'.repeat(201) }, 'scope')
  expect(wrong).toEqual([
    { field: 'name', step: 'name', sentence: 'A name has at most 200 characters.' },
  ])
})

describe('the way on says why there is none', () => {
  const why = (step: SetupStep, form: Form, stored = false) => whyNotNext(step, form, stored, null)
  test('and is open where nothing is missing', () => {
    expect(why('name', emptyForm)).toBe('Give the migration a name.')
    expect(why('source', emptyForm)).toContain('Choose a backup')
    expect(why('site', emptyForm)).toContain('Choose the practice site')
    expect(why('site', { ...typed, token: '' })).toBe('The API token is missing.')
    expect(why('site', { ...typed, token: '' }, true)).toBeNull()
    expect(why('scope', { ...typed, scope: { ...typed.scope, projects: [] } })).toContain(
      'one project',
    )
    expect(setupSteps.filter((step) => step !== 'inspection' && why(step, typed) !== null)).toEqual(
      [],
    )
    expect(whyNotNext('inspection', typed, false, 'reading')).toContain('still being read')
    expect(whyNotNext('inspection', typed, false, 'done')).toBeNull()
  })
  test('and leads from the first step to the last', () => {
    let step: SetupStep | null = 'name'
    const seen: SetupStep[] = []
    while (step) {
      seen.push(step)
      step = stepFrom(step, 1)
    }
    expect(seen).toEqual([...setupSteps])
  })
})

test('sizes and times are told as a person reads them', () => {
  expect([0, 999, 45_678, 1_234_567_890].map(size)).toEqual(['0 B', '999 B', '46 KB', '1.2 GB'])
  expect([range(1500, 4200), range(3, 40), range(200, 205)]).toEqual([
    '25 min to 1 h 10 min',
    '3 s to 40 s',
    'about 3 min',
  ])
})
