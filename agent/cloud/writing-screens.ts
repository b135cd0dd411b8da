import {
  addScreenTab,
  addScreenTabField,
  createIssueTypeScreenScheme,
  createScreenScheme,
  getAllScreenTabFields,
  getAllScreenTabs,
} from 'jira.js/cloud'
import * as v from 'valibot'
import { read, type SiteClient } from './client.ts'
import { readFrame } from './reading-frame.ts'
import { Id } from './reading-pages.ts'
import type { SiteWriting } from './writing.ts'
import { idOf, outcomeOf, refusalOf } from './writing-outcome.ts'

const WithIds = v.array(v.object({ id: Id }))

/**
 * Fields that some sites do not let onto a screen (a feature is off, or the field stands on every issue
 * by itself). Nothing is lost without them there: each is written by an endpoint of its own, or the site
 * says at the first issue that it does not take the field.
 */
const dispensable = new Set([
  'parent',
  'attachment',
  'issuelinks',
  'worklog',
  'timetracking',
  'comment',
])

/**
 * One screen with the fields, a screen scheme with that screen for all, and an issue type screen scheme
 * with that scheme for all types; the answer's id is the last one's. Each carries the same name and is
 * looked for before it is made, so that one that half landed is completed.
 */
export function writeScreens(client: SiteClient): Pick<SiteWriting, 'createScreens'> {
  const { idByName } = readFrame(client)

  return {
    createScreens: ({ name, fields }) =>
      outcomeOf(async () => {
        const screenId = (await idByName('screen', name)) ?? (await createScreen(client, name))
        await addFields(client, screenId, fields)
        const schemeId =
          (await idByName('screenScheme', name)) ??
          idOf(
            await createScreenScheme(client, { name, screens: { default: Number(screenId) } }),
            'POST /rest/api/3/screenscheme',
          )
        return (
          (await idByName('issueTypeScreenScheme', name)) ??
          idOf(
            await createIssueTypeScreenScheme(client, {
              name,
              issueTypeMappings: [{ issueTypeId: 'default', screenSchemeId: schemeId }],
            }),
            'POST /rest/api/3/issuetypescreenscheme',
          )
        )
      }),
  }
}

/** jira.js 6.2 has no function for this. */
async function createScreen(client: SiteClient, name: string): Promise<string> {
  const answer = await client.sendRequest({
    url: '/rest/api/3/screens',
    method: 'POST',
    body: { name },
  })
  return idOf(answer, 'POST /rest/api/3/screens')
}

/** Puts fields onto a screen; those that are on it already stay where they are. */
export async function addFields(
  client: SiteClient,
  screen: string,
  fields: string[],
): Promise<void> {
  const screenId = Number(screen)
  const tabs = read(
    WithIds,
    await getAllScreenTabs(client, { screenId }),
    'GET /rest/api/3/screens/{id}/tabs',
  ).map((tab) => tab.id)
  const there = new Set<string>()
  for (const tab of tabs) {
    const answer = await getAllScreenTabFields(client, { screenId, tabId: Number(tab) })
    const of = 'GET /rest/api/3/screens/{id}/tabs/{id}/fields'
    for (const field of read(WithIds, answer, of)) there.add(field.id)
  }
  // A new screen has a tab of its own, unless somebody deleted it.
  const tabId = Number(
    tabs[0] ??
      idOf(
        await addScreenTab(client, { screenId, name: 'Field Tab' }),
        'POST /rest/api/3/screens/{id}/tabs',
      ),
  )
  for (const fieldId of fields) {
    if (there.has(fieldId)) continue
    try {
      await addScreenTabField(client, { screenId, tabId, fieldId })
    } catch (error) {
      if (!dispensable.has(fieldId)) throw error
      refusalOf(error)
    }
  }
}
