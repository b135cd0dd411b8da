import { ownFieldTypes } from '../../../shared/custom-fields.ts'
import type { KeepingSink } from '../source.ts'
import type { SourceClient } from './client.ts'
import type { Rows } from './rows.ts'
import { flag, idOf, type Json, list, record, records, text } from './shapes.ts'

/** A custom field as the issues' answers name it. */
export interface SourceField {
  id: string
  /** The whole key of its type. */
  type: string
}

export interface Fields {
  /** By the name of the member in an issue: customfield_10000. */
  byMember: ReadonlyMap<string, SourceField>
  /** An option that an issue has; where it was not listed it is told to the snapshot now. */
  sawOption(field: SourceField, id: string, value: string | null, parentId: string | null): void
}

const pageSize = 100
const optionsAPage = 1000
const withOptions = /:(select|radiobuttons|multiselect|multicheckboxes|cascadingselect)$/

/** Custom fields with the projects that have them and what can be chosen in them, as far as the version tells. */
export async function readFields(
  client: SourceClient,
  rows: Rows,
  kept: KeepingSink,
): Promise<Fields> {
  const details = await readDetails(client)
  const byMember = new Map<string, SourceField>()
  const options = new Set<string>()
  const order = new Map<string, number>()

  function addOption(fieldId: string, id: string, row: Json, parentId: string | null): void {
    if (options.has(id)) return
    options.add(id)
    const sequence = order.get(fieldId) ?? 0
    order.set(fieldId, sequence + 1)
    rows.add('fieldOption', {
      id,
      fieldId,
      configId: null,
      parentId,
      sequence,
      value: text(row.value),
      disabled: flag(row.disabled),
    })
  }

  for (const row of records(await client.get('/rest/api/2/field'))) {
    const member = text(row.id)
    const schema = record(row.schema)
    const id = idOf(schema.customId) ?? /^customfield_(\d+)$/.exec(member ?? '')?.[1] ?? null
    if (row.custom !== true || member === null || id === null) continue
    const more = details.get(member) ?? {}
    const type = text(schema.custom) ?? text(more.type) ?? ''
    byMember.set(member, { id, type })
    rows.add('customField', {
      id,
      name: text(row.name) ?? member,
      description: text(more.description),
      type,
      searcher: text(more.searcherKey),
    })
    const projects =
      more.isAllProjects === false ? list(more.projectIds).flatMap((one) => idOf(one) ?? []) : []
    for (const projectId of projects.length ? projects : [null])
      rows.add('fieldContext', {
        id: `${id}/${projectId ?? 'all'}`,
        fieldId: id,
        name: null,
        projectId,
        configId: null,
      })
    if (type.startsWith(ownFieldTypes) && withOptions.test(type))
      await readOptions(client, id, (option, row, parent) => addOption(id, option, row, parent))
  }
  // Those that only issues named, which are not read again.
  for (const [id, said] of kept.noted('option')) {
    const { fieldId, value, parentId } = record(JSON.parse(said))
    addOption(text(fieldId) ?? '', id, { value }, text(parentId))
  }
  return {
    byMember,
    sawOption(field, id, value, parentId) {
      if (!options.has(id))
        kept.note('option', id, JSON.stringify({ fieldId: field.id, value, parentId }))
      addOption(field.id, id, { value }, parentId)
    },
  }
}

/** Descriptions, searchers and projects; there since Jira 7.4, and for administrators. */
async function readDetails(client: SourceClient): Promise<Map<string, Json>> {
  const found = new Map<string, Json>()
  for (let startAt = 1; ; startAt += 1) {
    // This resource counts pages, from one, under the name of startAt; a page without news is the end.
    const page = record(
      await client.find('/rest/api/2/customFields', { startAt, maxResults: pageSize }),
    )
    const before = found.size
    for (const row of records(page.values)) {
      const id = text(row.id)
      if (id !== null) found.set(id, row)
    }
    if (found.size === before || page.isLast === true) return found
  }
}

async function readOptions(
  client: SourceClient,
  fieldId: string,
  add: (id: string, row: Json, parentId: string | null) => void,
): Promise<void> {
  const rows = new Map<string, Json>()
  for (let page = 1; ; page += 1) {
    const answer = record(
      await client.find(`/rest/api/2/customFields/${fieldId}/options`, {
        maxResults: optionsAPage,
        page,
      }),
    )
    const before = rows.size
    for (const row of records(answer.options)) {
      const id = idOf(row.id)
      if (id !== null) rows.set(id, row)
    }
    if (rows.size === before || rows.size >= Number(answer.total ?? 0)) break
  }
  const parents = new Map<string, string>()
  for (const [id, row] of rows)
    for (const child of list(row.childrenIds)) parents.set(idOf(child) ?? '', id)
  for (const [id, row] of rows) if (!parents.has(id)) add(id, row, null)
  for (const [child, parent] of parents) {
    const known = rows.get(child)
    const row = known ?? record(await client.find(`/rest/api/2/customFieldOption/${child}`))
    if (text(row.value) !== null) add(child, row, parent)
  }
}
