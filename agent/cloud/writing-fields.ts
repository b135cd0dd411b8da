import {
  createCustomField,
  createCustomFieldContext,
  createCustomFieldOption,
  editIssue,
} from 'jira.js/cloud'
import * as v from 'valibot'
import type { FieldOption, FieldPromise, FieldType } from '../../shared/custom-fields.ts'
import { ownFieldTypes } from '../../shared/custom-fields.ts'
import { Problem } from '../../shared/problem.ts'
import { read, type SiteClient } from './client.ts'
import { requestValue } from './field-values.ts'
import { failed, type SiteRefusal } from './problems.ts'
import { readFields } from './reading-fields.ts'
import { readFrame } from './reading-frame.ts'
import { Id, inParts } from './reading-pages.ts'
import type { FieldSetting, Outcome, SiteWriting } from './writing.ts'
import { idOf, outcomeOf, refusalOf } from './writing-outcome.ts'
import { addFields } from './writing-screens.ts'

/** The searcher that the API document gives for each type; without one a field cannot be searched. */
const searchers: Record<FieldType, string> = {
  cascadingselect: 'cascadingselectsearcher',
  datepicker: 'daterange',
  datetime: 'datetimerange',
  float: 'exactnumber',
  grouppicker: 'grouppickersearcher',
  importid: 'exactnumber',
  labels: 'labelsearcher',
  multicheckboxes: 'multiselectsearcher',
  multigrouppicker: 'multiselectsearcher',
  multiselect: 'multiselectsearcher',
  multiuserpicker: 'userpickergroupsearcher',
  multiversion: 'versionsearcher',
  project: 'projectsearcher',
  radiobuttons: 'multiselectsearcher',
  readonlyfield: 'textsearcher',
  select: 'multiselectsearcher',
  textarea: 'textsearcher',
  textfield: 'textsearcher',
  url: 'exacttextsearcher',
  userpicker: 'userpickergroupsearcher',
  version: 'versionsearcher',
}

/** "The maximum number of options that can be created per request is 1000" (API document). */
const optionsAtOnce = 1000
const Created = v.object({ options: v.array(v.object({ id: Id, value: v.string() })) })

export function writeFields(
  client: SiteClient,
): Pick<SiteWriting, 'createField' | 'equipField' | 'setFields'> {
  const { fieldContexts, fieldOptions } = readFields(client)
  const { idByName } = readFrame(client)

  /** A context that applies to these projects: the one for everything, or one of their own. */
  async function contextFor(fieldId: string, projects: { id: string; key: string }[]) {
    const all = await fieldContexts(fieldId)
    // 255 characters is the site's limit for a context's name.
    const name = `Landfall: ${projects.map(({ key }) => key).join(', ')}`.slice(0, 255)
    const known = all.find((one) => one.everywhere) ?? all.find((one) => one.name === name)
    if (known) return known.id
    const answer = await createCustomFieldContext(client, {
      fieldId,
      name,
      projectIds: projects.map(({ id }) => id),
      issueTypeIds: [],
    })
    return idOf(answer, 'POST /rest/api/3/field/{id}/context')
  }

  /** Adds what the list lacks: first what stands on its own, then what stands under it. */
  async function addOptions(fieldId: string, contextId: string, options: FieldOption[]) {
    const there = await fieldOptions(fieldId, contextId)
    const known = new Set(there.map(slot))
    const ids = new Map(there.flatMap((o) => (o.parent === null ? [[fold(o.value), o.id]] : [])))
    for (const level of [0, 1]) {
      const absent = options.filter(
        (option) => (option.parent === null) === (level === 0) && !known.has(slot(option)),
      )
      for (const part of inParts(absent, optionsAtOnce)) {
        const answer = await createCustomFieldOption(client, {
          fieldId,
          contextId: Number(contextId),
          options: part.map(({ value, parent }) => ({
            value,
            ...(parent === null ? {} : { optionId: ids.get(fold(parent)) ?? '' }),
          })),
        })
        const of = 'POST /rest/api/3/field/{id}/context/{id}/option'
        for (const { id, value } of read(Created, answer, of).options)
          if (level === 0) ids.set(fold(value), id)
      }
    }
  }

  return {
    createField: ({ name, description, type }) =>
      outcomeOf(async () => {
        const answer = await createCustomField(client, {
          name,
          type: `${ownFieldTypes}${type}`,
          searcherKey: `${ownFieldTypes}${searchers[type]}`,
          ...(description === '' ? {} : { description }),
        })
        return idOf(answer, 'POST /rest/api/3/field')
      }),

    equipField: (fieldId: string, promise: FieldPromise, projects) =>
      outcomeOf(async () => {
        const contextId = await contextFor(fieldId, projects)
        if (promise.options.length > 0) await addOptions(fieldId, contextId, promise.options)
        const screen = await idByName('screen', promise.screen)
        if (screen === null) throw noScreen(promise.screen)
        await addFields(client, screen, [fieldId])
        return fieldId
      }),

    async setFields(issueKey, settings) {
      const outcomes = new Map<string, Outcome>()
      let open = [...settings]
      // Each round without success takes at least one field out.
      while (open.length > 0) {
        const refusal = await edit(client, issueKey, open)
        if (refusal === null) break
        const named = open.filter(({ fieldId }) => refusal.fields.includes(fieldId))
        // A wrong document is refused without a name; an issue that is not there, for all of them.
        const unnamed = named.length === 0 && open.length > 1 && refusal.status === 400
        const culprits = named.length > 0 ? named : open
        for (const setting of culprits) {
          const why = unnamed ? await edit(client, issueKey, [setting]) : refusal
          if (why) outcomes.set(setting.fieldId, refusedField(why, setting.fieldId))
        }
        open = open.filter((setting) => !culprits.includes(setting))
      }
      return settings.map(({ fieldId }) => outcomes.get(fieldId) ?? { ok: true, siteId: '' })
    },
  }
}

const noScreen = (name: string) =>
  new Problem('not-found', `The site has no screen "${name}".`, {
    hint: 'Without it no field can be set: see what is said of the project, then run the migration again.',
  })

const fold = (text: string) => text.trim().toLowerCase()
const slot = ({ value, parent }: FieldOption) => JSON.stringify([fold(parent ?? ''), fold(value)])

/** Sets all of them in one request, or none: what the site refused, null when it took them. */
async function edit(
  client: SiteClient,
  issueKey: string,
  settings: readonly FieldSetting[],
): Promise<SiteRefusal | null> {
  const values = settings.map(({ fieldId, type, parts }) => [fieldId, requestValue(type, parts)])
  try {
    await editIssue(client, {
      issueIdOrKey: issueKey,
      notifyUsers: false,
      fields: Object.fromEntries(values),
    })
    return null
  } catch (error) {
    return refusalOf(error)
  }
}

/** What the site says of this field, without what it says of others. */
function refusedField(refusal: SiteRefusal, fieldId: string): Outcome {
  const outcome = failed(refusal)
  const errors = v.safeParse(v.object({ errors: v.record(v.string(), v.string()) }), refusal.body)
  const said = errors.success ? errors.output.errors[fieldId] : undefined
  return outcome.ok || said === undefined
    ? outcome
    : { ...outcome, text: `The site refused this value: ${said.replace(/[.\s]+$/, '')}.` }
}
