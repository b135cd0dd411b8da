import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { backupXml, scratch } from '../support/make-backup.ts'
import { withSnapshot } from '../support/plan-sources.ts'

const real = resolve(
  import.meta.dirname,
  '../../../shared/backups/jira-4-to-7-jrjc/jira-dump-with-filters.xml',
)

describe('dashboards in a snapshot', () => {
  test('keep their gadgets with where they stand and what is set in them', async () => {
    await using folder = await scratch()
    const gadget = { id: 20, portalpage: 10, columnNumber: 1, position: 0, color: 'color3' }
    const uri = 'rest/gadgets/1.0/g/a:b-gadget/b.xml'
    const path = await folder.file(
      'entities.xml',
      backupXml([
        ['PortalPage', { id: 10, pagename: 'Wall', username: 'fred', layout: 'AAA' }],
        ['PortletConfiguration', { ...gadget, gadgetXml: uri }],
        ['PortletConfiguration', { id: 21, portalpage: 10, portletId: 'a:clock' }],
        [
          'GadgetUserPreference',
          { id: 30, portletconfiguration: 20, userprefkey: 'num', userprefvalue: '' },
        ],
      ]),
    )
    await withSnapshot(path, async (snapshot) => {
      expect([...snapshot.rows('dashboard')]).toEqual([
        { id: '10', name: 'Wall', description: null, owner: 'fred', layout: 'AAA' },
      ])
      const none = { column: null, position: null, color: null, uri: null }
      expect([...snapshot.rows('gadget')]).toEqual([
        {
          ...{ id: '20', dashboardId: '10', column: 1, position: 0, color: 'color3' },
          ...{ module: null, uri, portlet: null },
        },
        { ...none, id: '21', dashboardId: '10', module: null, portlet: 'a:clock' },
      ])
      expect([...snapshot.rows('gadgetSetting')]).toEqual([
        { id: '30', gadgetId: '20', name: 'num', value: '' },
      ])
      // What apps use is told beside that, as before.
      expect([...snapshot.rows('appUse')].map(({ reference }) => reference)).toEqual([
        uri,
        'a:clock',
      ])
    })
  })

  test.runIf(existsSync(real))('of a real backup are all there', () =>
    withSnapshot(real, async (snapshot) => {
      const counts = snapshot.entityCounts()
      for (const [entity, table] of [
        ['PortalPage', 'dashboard'],
        ['PortletConfiguration', 'gadget'],
        ['GadgetUserPreference', 'gadgetSetting'],
      ] as const) {
        const count = counts.find((one) => one.entity === entity)
        expect(count).toMatchObject({ treatment: 'kept', found: snapshot.count(table) })
        expect(snapshot.count(table)).toBeGreaterThan(1)
      }
    }),
  )
})
