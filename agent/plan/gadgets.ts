import type { GadgetSettingRow } from '../../shared/dashboards.ts'
import type { Boards } from './boards.ts'
import type { Context } from './context.ts'
import type { Filters } from './filters.ts'
import { sprintMoves } from './sprints.ts'

/** What a gadget can show: each has another id on the site. */
export type Shown =
  | 'filter'
  | 'project'
  | 'board'
  | 'sprint'
  | 'version'
  | 'component'
  | 'customField'
export interface Reference {
  kind: Shown
  id: string
}

/** Which things of the source have a place on the site, and what they are called. */
export interface Knows {
  moves(reference: Reference): boolean
  name(reference: Reference): string
}

/** Settings that hold the bare id of something, by the names that Jira's own gadgets give them. */
const bare: Readonly<Record<string, Shown>> = {
  filterid: 'filter',
  projectid: 'project',
  projectids: 'project',
  projectsorcategories: 'project',
  rapidviewid: 'board',
  boardid: 'board',
  sprintid: 'sprint',
  versionid: 'version',
  componentid: 'component',
}
const words: Record<Shown, string> = {
  filter: 'filter',
  project: 'project',
  board: 'board',
  sprint: 'sprint',
  version: 'version',
  component: 'component',
  customField: 'field',
}

/**
 * The settings of a gadget with {{filter:10010}} and the like where an id of the source stood:
 * "filter-10010", "project-10000" and "customfield_10010" wherever they are, bare ids where the name says of
 * what. `refers`: all that they name; `lost`: what of it does not move, by its name. A setting that names
 * such is left out, and the gadget asks on the site to be set anew.
 */
export function rewriteSettings(
  rows: readonly GadgetSettingRow[],
  knows: Knows,
): { settings: Record<string, string>; refers: Reference[]; lost: string[] } {
  const settings: Record<string, string> = {}
  const refers: Reference[] = []
  const lost = new Set<string>()
  for (const { name, value } of rows) {
    let whole = true
    const put = (kind: Shown, id: string) => {
      const reference = { kind, id }
      refers.push(reference)
      if (!knows.moves(reference)) {
        whole = false
        lost.add(`the ${words[kind]} ${knows.name(reference)}`)
      }
      return `{{${kind}:${id}}}`
    }
    // Braces of a text of the source are no placeholder of ours.
    const text = (value ?? '').replaceAll('{{', '{ {')
    const rewritten =
      /^\d+(\|\w+)*$/.test(text) && bare[name.toLowerCase()]
        ? idsOf(text, bare[name.toLowerCase()] as Shown, put)
        : text
            .replace(/^(filter|project)-(\d+)$/, (_, kind, id) => `${kind}-${put(kind, id)}`)
            .replace(/\bcustomfield_(\d+)\b/g, (_, id) => `customfield_${put('customField', id)}`)
    if (whole) settings[name] = rewritten
  }
  if (lost.size > 0 && settings.isConfigured !== undefined) settings.isConfigured = 'false'
  return { settings, refers, lost: [...lost] }
}

/** Lists stand between bars; "catall" and "cat10000" among projects are categories, which stay as they are. */
const idsOf = (text: string, kind: Shown, put: (kind: Shown, id: string) => string) =>
  text
    .split('|')
    .map((one) => (/^\d+$/.test(one) ? put(kind, one) : one))
    .join('|')

/** What of the source moves, as the planners before have decided it. */
export function knowing(context: Context, filters: Filters, boards: Boards): Knows {
  const { projects, fields, parts } = context
  const sprints = new Map([...context.snapshot.rows('sprint')].map((row) => [row.id, row]))
  const ofProject = (id: string | undefined) => projects.get(id ?? '')?.leftOut === null
  return {
    moves({ kind, id }) {
      switch (kind) {
        case 'filter':
          return filters.get(id)?.leftOut === null
        case 'project':
          return ofProject(id)
        case 'board':
          return boards.get(id)?.leftOut === null
        case 'sprint': {
          const row = sprints.get(id)
          return row !== undefined && sprintMoves(row, boards)
        }
        case 'version':
          return ofProject(parts.versions.get(id)?.projectId)
        case 'component':
          return ofProject(parts.components.get(id)?.projectId)
        case 'customField':
          return fields.get(id)?.leftOut === null
      }
    },
    name({ kind, id }) {
      const named = {
        filter: () => filters.get(id)?.row.name,
        project: () => projects.get(id)?.row.key,
        board: () => boards.get(id)?.row.name,
        sprint: () => sprints.get(id)?.name,
        version: () => parts.versions.get(id)?.name,
        component: () => parts.components.get(id)?.name,
        customField: () => fields.get(id)?.row.name,
      }[kind]()
      return named === undefined ? id : `"${named}"`
    },
  }
}
