import { describe, expect, test } from 'vitest'
import { ownFieldTypes, type SiteField } from '../../shared/custom-fields.ts'
import type { FieldValueRow } from '../../shared/issue-rows.ts'
import type { CustomFieldRow, FieldOptionRow } from '../../shared/rows.ts'
import type { Collisions } from '../../shared/setup.ts'
import type { Rows } from '../support/memory-snapshot.ts'
import {
  codes,
  issue,
  ofKind,
  one,
  plan,
  project,
  site,
  user,
  version,
} from '../support/plan-source.ts'

const field = (id: string, type: string, own: Partial<CustomFieldRow> = {}): CustomFieldRow => ({
  id,
  name: `Field ${id}`,
  description: null,
  type: type.includes(':') ? type : `${ownFieldTypes}${type}`,
  searcher: null,
  ...own,
})
const option = (id: string, value: string, own: Partial<FieldOptionRow> = {}): FieldOptionRow => ({
  id,
  fieldId: '1',
  configId: '1',
  parentId: null,
  sequence: Number(id),
  value,
  disabled: 0,
  ...own,
})
let ids = 0
const value = (own: Partial<FieldValueRow>, key = 'PAY-1'): FieldValueRow => ({
  id: String(++ids),
  issueId: `i-${key}`,
  fieldId: '1',
  parentKey: null,
  stringValue: null,
  numberValue: null,
  dateValue: null,
  textValue: null,
  ...own,
})
const onSite = (name: string, type: string, own: Partial<SiteField> = {}): SiteField => ({
  id: 'customfield_1',
  name,
  type: `${ownFieldTypes}${type}`,
  description: '',
  locked: false,
  ...own,
})

/** Plans one issue with one field of this type and these values; options belong to that field. */
async function planValues(type: string, values: FieldValueRow[], rows: Rows = {}, facts = site()) {
  const items = await plan(
    { issue: [issue('PAY-1')], customField: [field('1', type)], fieldValue: values, ...rows },
    facts,
  )
  return ofKind(items, 'fieldValue')
}
/** What is promised of each value, or the code of why nothing is. */
const results = (items: Awaited<ReturnType<typeof planValues>>) =>
  items.map((item) => item.leftOut?.code ?? item.promise.value)

describe('a custom field', () => {
  test('of an app is left out by its type and app, with its values', async () => {
    const items = await plan({
      issue: [issue('PAY-1')],
      customField: [field('1', 'com.vendor.maps:pin', { name: 'Sprint' })],
      fieldValue: [value({ stringValue: '3' })],
    })
    for (const kind of ['customField', 'fieldValue'] as const)
      expect(one(items, kind).leftOut).toEqual({
        code: 'field-of-app:pin',
        text: 'Its type pin comes from the app com.vendor.maps; this version of Landfall does not move such fields.',
      })
  })

  test.each([
    ['gh-epic-link', 'becomes the parent'],
    ['gh-lexo-rank', 'ranks its issues by itself'],
    ['gh-sprint', 'a field of its own for sprints'],
  ])(
    'of Jira Software (%s) is built into the site, and no app is to be asked',
    async (type, text) => {
      const customField = [field('1', `com.pyxis.greenhopper.jira:${type}`)]
      const [item] = ofKind(await plan({ customField }), 'customField')
      expect(item?.leftOut).toMatchObject({ code: 'built-in', text: expect.stringContaining(text) })
    },
  )

  test('that the site has under this name and type is reused, and keeps its own description', async () => {
    const customFields = [onSite('field 1', 'select', { description: 'Ours' })]
    const items = await plan(
      { issue: [issue('PAY-1')], customField: [field('1', 'select', { description: 'Theirs' })] },
      site({ customFields }),
    )
    expect(one(items, 'customField').promise).toMatchObject({
      name: 'field 1',
      description: 'Ours',
    })
    expect(codes(one(items, 'customField'))).toEqual(['name-on-site', 'site-keeps-own'])
  })

  test('is told apart by a word from one of another type, and never takes a locked one', async () => {
    const customFields = [onSite('Field 1', 'float'), onSite('Field 2', 'select', { locked: true })]
    const items = await plan(
      { issue: [issue('PAY-1')], customField: [field('1', 'select'), field('2', 'select')] },
      site({ customFields }),
    )
    expect(ofKind(items, 'customField').map((item) => item.promise.name)).toEqual([
      'Field 1 (list)',
      'Field 2 (2)',
    ])
  })

  test('keeps apart from its namesakes by a number, the same way when it is verified', async () => {
    const customField = [
      field('1', 'select', { name: 'Severity' }),
      field('2', 'textfield', { name: 'Severity' }),
    ]
    const rows = { issue: [issue('PAY-1')], customField }
    const names = (items: Awaited<ReturnType<typeof plan>>) =>
      ofKind(items, 'customField').map((item) => item.promise.name)
    const moved = await plan(rows)
    expect(names(moved)).toEqual(['Severity', 'Severity (2)'])
    expect(codes(one(moved, 'customField', '2'))).toEqual(['renamed'])
    const customFields = [onSite('Severity', 'select'), onSite('Severity (2)', 'textfield')]
    const verified = await plan(rows, site({ customFields, filled: true }))
    expect(names(verified)).toEqual(names(moved))
  })

  test('obeys the rule for names that meet', async () => {
    const rows = {
      issue: [issue('PAY-1')],
      customField: [field('1', 'textfield')],
      fieldValue: [value({ stringValue: 'x' })],
    }
    const facts = site({ customFields: [onSite('Field 1', 'textfield')] })
    const rules: Omit<Collisions, 'field'> = {
      status: 'reuse',
      issueType: 'reuse',
      linkType: 'reuse',
      priority: 'reuse',
      resolution: 'reuse',
      group: 'reuse',
      filter: 'reuse',
      dashboard: 'reuse',
    }
    const renamed = await plan(rows, facts, { collisions: { ...rules, field: 'rename' } })
    expect(one(renamed, 'customField').promise.name).toBe('Field 1 (2)')
    const stopped = await plan(rows, facts, { collisions: { ...rules, field: 'stop' } })
    expect(one(stopped, 'fieldValue').leftOut?.code).toBe('stopped-by-name')
  })

  test('that no issue of the chosen projects uses stays behind', async () => {
    const items = await plan(
      {
        project: [project('PAY'), project('OPS')],
        issue: [issue('PAY-1'), issue('OPS-1')],
        customField: [field('1', 'textfield'), field('2', 'textfield')],
        fieldValue: [
          value({ stringValue: 'a' }),
          value({ stringValue: 'b', fieldId: '2' }, 'OPS-1'),
        ],
      },
      site(),
      { projects: ['PAY'] },
    )
    expect(ofKind(items, 'customField').map((item) => item.leftOut?.code)).toEqual([
      undefined,
      'not-used',
    ])
    expect(one(items, 'customField', '1').promise.projectKeys).toEqual(['PAY'])
  })

  test('offers what can be chosen in its order, disabled options only where issues have them', async () => {
    const items = await plan({
      issue: [issue('PAY-1')],
      customField: [field('1', 'cascadingselect')],
      fieldOption: [
        option('1', 'Europe', { sequence: 2 }),
        option('2', 'Asia', { sequence: 1 }),
        option('3', 'Oslo', { parentId: '1' }),
        option('4', 'Atlantis', { disabled: 1 }),
        option('5', 'Prussia', { disabled: 1 }),
        option('6', 'Berlin', { parentId: '5' }),
        option('7', 'asia', { configId: '2' }),
      ],
      fieldValue: [value({ stringValue: '5' }), value({ stringValue: '6', parentKey: '5' })],
    })
    const found = one(items, 'customField')
    expect(found.promise.options).toEqual([
      { value: 'Asia', parent: null },
      { value: 'Europe', parent: null },
      { value: 'Prussia', parent: null },
      { value: 'Oslo', parent: 'Europe' },
      { value: 'Berlin', parent: 'Prussia' },
    ])
    expect(codes(found)).toEqual(['option-enabled', 'option-dropped', 'contexts-merged'])
  })
})

describe('a value', () => {
  test('is promised in the form of its type', async () => {
    const rows: Rows = {
      fieldOption: [option('1', 'High')],
      version: [version('10100', '1.0'), version('10200', '2.0', { projectId: 'p-OPS' })],
    }
    const of = async (type: string, own: Partial<FieldValueRow>, more: Rows = rows) =>
      results(await planValues(type, [value(own)], more))[0]
    expect(await of('textfield', { stringValue: 'a\nb ' })).toBe('a b')
    expect(await of('float', { numberValue: '2.0E7' })).toBe(20_000_000)
    expect(await of('importid', { numberValue: '42.0' })).toBe(42)
    expect(await of('datepicker', { dateValue: '2013-07-08 00:00:00.0' })).toBe('2013-07-08')
    expect(await of('datetime', { dateValue: '2013-07-08 10:48:00.0' })).toBe(
      '2013-07-08T10:48:00.000+01:00',
    )
    expect(await of('url', { stringValue: 'https://example.com/a' })).toBe('https://example.com/a')
    expect(await of('select', { stringValue: '1' })).toBe('High')
    expect(await of('select', { stringValue: 'high' })).toBe('High')
    expect(await of('userpicker', { stringValue: 'fred' })).toBe('a-fred')
    expect(await of('version', { numberValue: '10100.0' })).toBe('1.0')
    const textarea = await of('textarea', { textValue: 'Once *upon*' })
    expect(textarea).toMatchObject({ type: 'doc', content: [{ type: 'paragraph' }] })
    const own = { project: [{ ...project('PAY'), id: '10000' }], issue: [] }
    expect(
      results(
        await planValues('project', [value({ numberValue: '10000.0' })], {
          ...own,
          issue: [issue('PAY-1', { projectId: '10000' })],
        }),
      ),
    ).toEqual(['PAY'])
  })

  test('that cannot be on the site is left out with its reason', async () => {
    const rows: Rows = {
      user: [user('fred'), user('mary')],
      fieldOption: [option('1', 'High')],
      project: [project('PAY'), project('OPS')],
      version: [version('10200', '2.0', { projectId: 'p-OPS' })],
    }
    const of = async (type: string, own: Partial<FieldValueRow>) =>
      results(await planValues(type, [value(own)], rows))[0]
    expect(await of('select', { stringValue: '99' })).toBe('dangling')
    expect(await of('userpicker', { stringValue: 'mary' })).toBe('no-account')
    expect(await of('grouppicker', { stringValue: 'nobody-knows' })).toBe('group-missing')
    expect(await of('version', { numberValue: '10200.0' })).toBe('other-project')
    expect(await of('version', { numberValue: '7.0' })).toBe('dangling')
    expect(await of('project', { numberValue: '7.0' })).toBe('dangling')
    expect(await of('float', { numberValue: 'many' })).toBe('no-number')
    expect(await of('datepicker', { dateValue: 'soon' })).toBe('no-date')
    expect(await of('url', { stringValue: 'javascript:alert(1)' })).toBe('no-address')
    expect(await of('textfield', {})).toBe('empty-value')
    const gone = await planValues('textfield', [value({ stringValue: 'x', fieldId: '9' })])
    expect(results(gone)).toEqual(['dangling'])
  })

  test('of a field with several stands for itself, and the site takes each once', async () => {
    const fieldOption = [option('1', 'A'), option('2', 'B')]
    const rows = ['1', '2', '1', '9'].map((id) => value({ stringValue: id }))
    expect(results(await planValues('multiselect', rows, { fieldOption }))).toEqual([
      ...['A', 'B', 'twice', 'dangling'],
    ])
  })

  test('too many of a field with one is left out', async () => {
    const rows = ['a', 'b'].map((stringValue) => value({ stringValue }))
    expect(results(await planValues('textfield', rows))).toEqual(['a', 'second-value'])
  })

  test('of the second level needs the one above it', async () => {
    const fieldOption = [
      option('1', 'Europe'),
      option('2', 'Asia'),
      option('3', 'Oslo', { parentId: '1' }),
    ]
    const child = value({ stringValue: '3', parentKey: '1' })
    const of = async (...rows: FieldValueRow[]) =>
      (await planValues('cascadingselect', rows, { fieldOption })).map((item) =>
        item.leftOut ? item.leftOut.code : [item.promise.value, item.promise.parent],
      )
    const both = [
      ['Europe', null],
      ['Oslo', 'Europe'],
    ]
    expect(await of(value({ stringValue: '1' }), child)).toEqual(both)
    expect(await of(child, value({ stringValue: '1' }))).toEqual(both)
    expect(await of(value({ stringValue: '2' }), child)).toEqual([['Asia', null], 'dangling'])
    expect(await of(child)).toEqual(['dangling'])
  })

  test('is every label of a labels field, on an issue that moves or not', async () => {
    const items = await plan(
      {
        project: [project('PAY'), project('OPS')],
        issue: [issue('PAY-1'), issue('OPS-1')],
        customField: [field('1', 'labels')],
        label: [
          { issueId: 'i-PAY-1', label: 'system', fieldId: null },
          { issueId: 'i-PAY-1', label: 'two words', fieldId: '1' },
          { issueId: 'i-OPS-1', label: 'far', fieldId: '1' },
          { issueId: 'i-GONE-1', label: 'lost', fieldId: '1' },
        ],
      },
      site(),
      { projects: ['PAY'] },
    )
    const found = ofKind(items, 'fieldValue')
    expect(results(found)).toEqual(['two_words', 'not-in-scope', 'dangling'])
    expect(codes(one(items, 'fieldValue', 'label/i-PAY-1/1/two words'))).toEqual(['label-changed'])
  })

  test('of a long text goes on in notes', async () => {
    const items = await plan({
      issue: [issue('PAY-1')],
      customField: [field('1', 'textarea', { name: 'Story' })],
      fieldValue: [value({ textValue: 'Again and again. '.repeat(3_000) })],
    })
    expect(codes(one(items, 'fieldValue'))).toEqual(['text-split'])
    expect(one(items, 'fieldValue').losses[0]?.text).toContain('The Story has 51,000 characters')
    expect(ofKind(items, 'note')).toHaveLength(1)
  })
})
