import { made, nothing, ok, refuse } from '../answer.ts'
import { isObject, type Json, object, text, whole } from '../input.ts'
import { getProperty, putProperty } from '../issue/property.ts'
import type { Thing, Things } from '../kinds.ts'
import { type Call, param, type Route } from '../site.ts'
import { needDashboard } from './dashboards.ts'

const colors = ['blue', 'red', 'yellow', 'green', 'cyan', 'purple', 'gray', 'white']
/** jira.dashboard.max.gadgets */
const most = 20
/** A dashboard is made with two columns; its layout is only changed on its page. */
const columns = 2

const gadgets = 'com.atlassian.jira.gadgets'
const greenhopper = 'com.pyxis.greenhopper.jira'
const address = (key: string, file: string) => `rest/gadgets/1.0/g/${key}/gadgets/${file}.xml`

/** Jira's own, some by their module and some by their address; what only a server has is not among them. */
const offered: { title: string; moduleKey?: string; uri?: string }[] = [
  ...(
    [
      ['Assigned to Me', 'assigned-to-me'],
      ['Voted Issues', 'voted'],
      ['Watched Issues', 'watched'],
      ['Issues in progress', 'in-progress'],
      ['Filter Results', 'filter-results'],
    ] as const
  ).map(([title, name]) => ({ title, moduleKey: `${gadgets}:${name}-dashboard-item` })),
  ...(
    [
      ['Average Age Chart', 'average-age-chart-gadget', 'average-age-gadget'],
      [
        'Created vs Resolved Chart',
        'created-vs-resolved-issues-chart-gadget',
        'createdvsresolved-gadget',
      ],
      ['Favorite Filters', 'favourite-filters-gadget', 'favourite-filters-gadget'],
      ['Issue Statistics', 'stats-gadget', 'stats-gadget'],
      ['Pie Chart', 'pie-chart-gadget', 'piechart-gadget'],
      ['Quick Links', 'quicklinks-gadget', 'quicklinks-gadget'],
      ['Recently Created Chart', 'recently-created-chart-gadget', 'recently-created-gadget'],
      ['Resolution Time', 'resolution-time-gadget', 'resolution-time-gadget'],
      ['Road Map', 'road-map-gadget', 'roadmap-gadget'],
      ['Time Since Chart', 'time-since-chart-gadget', 'timesince-gadget'],
      [
        'Two Dimensional Filter Statistics',
        'two-dimensional-stats-gadget',
        'two-dimensional-stats-gadget',
      ],
    ] as const
  ).map(([title, name, file]) => ({ title, uri: address(`${gadgets}:${name}`, file) })),
  {
    title: 'Activity Stream',
    uri: address(
      'com.atlassian.streams.streams-jira-plugin:activitystream-gadget',
      'activitystream-gadget',
    ),
  },
  {
    title: 'Sprint Burndown Gadget',
    uri: address(
      `${greenhopper}:greenhopper-gadget-sprint-burndown`,
      'greenhopper-sprint-burndown',
    ),
  },
  {
    title: 'Sprint Health Gadget',
    uri: address(`${greenhopper}:greenhopper-sprint-health-gadget`, 'sprint-health-gadget'),
  },
]

function gadgetView({ id, data }: Thing<'gadget'>) {
  const { title, moduleKey, uri, color, column, row } = data
  const kind = moduleKey === undefined ? { uri } : { moduleKey }
  return { id, ...kind, title, color, position: { row, column } }
}

const standing = (call: Call, dashboard: number, column?: number) =>
  call.store
    .all('gadget', dashboard)
    .filter(({ data }) => column === undefined || data.column === column)
    .toSorted((a, b) => a.data.column - b.data.column || a.data.row - b.data.row)

/** Puts a column's gadgets under each other without gaps. */
function settle(call: Call, dashboard: number, column: number): void {
  for (const [row, { id, data }] of standing(call, dashboard, column).entries())
    if (data.row !== row) call.store.put('gadget', id, { ...data, row })
}

/** Those below the place move down; a place below the last is the one under it. */
function place(call: Call, dashboard: number, body: Json) {
  const given = isObject(body.position) ? body.position : {}
  const column = whole(given, 'column') ?? 0
  if (column < 0 || column >= columns)
    refuse(400, `The column ${column} does not exist in the layout of the dashboard.`)
  const own = standing(call, dashboard, column)
  const row = Math.min(whole(given, 'row') ?? 0, own.length)
  for (const { id, data } of own)
    if (data.row >= row) call.store.put('gadget', id, { ...data, row: data.row + 1 })
  return { column, row }
}

function colorOf(body: Json): string | undefined {
  const color = text(body, 'color')
  if (color !== undefined && !colors.includes(color))
    refuse(400, `The color '${color}' is not one of ${colors.join(', ')}.`)
  return color
}

function addGadget(call: Call) {
  const dashboard = needDashboard(call, 'dashboardId').id
  const body = object(call.body)
  const [moduleKey, uri] = [text(body, 'moduleKey'), text(body, 'uri')]
  if ((moduleKey === undefined) === (uri === undefined))
    refuse(400, 'Either the module key or the URI of the gadget is to be given, and not both.')
  const kind = offered.find((one) => (moduleKey ? one.moduleKey === moduleKey : one.uri === uri))
  if (!kind && body.ignoreUriAndModuleKeyValidation !== true)
    refuse(400, `The gadget '${moduleKey ?? uri}' does not exist.`)
  if (standing(call, dashboard).length >= most)
    refuse(
      400,
      'Cannot add another gadget. The maximum number of gadgets the dashboard can hold has been reached.',
    )
  const data: Things['gadget'] = {
    title: text(body, 'title') ?? kind?.title ?? moduleKey ?? uri ?? '',
    ...(moduleKey === undefined ? { uri: uri ?? '' } : { moduleKey }),
    color: colorOf(body) ?? 'blue',
    ...place(call, dashboard, body),
  }
  const id = call.store.add('gadget', data, { owner: dashboard })
  return ok(gadgetView({ id, owner: dashboard, data }))
}

function needGadget(call: Call, name: 'gadgetId' | 'itemId'): Thing<'gadget'> {
  const dashboard = needDashboard(call, 'dashboardId').id
  const found = call.store.get('gadget', param(call, name))
  return found?.owner === dashboard ? found : refuse(404, 'The dashboard gadget was not found.')
}

function updateGadget(call: Call) {
  const { id, owner, data } = needGadget(call, 'gadgetId')
  const body = object(call.body)
  const color = colorOf(body) ?? data.color
  const title = text(body, 'title') ?? data.title
  const at =
    body.position === undefined ? { column: data.column, row: data.row } : place(call, owner, body)
  call.store.put('gadget', id, { ...data, title, color, ...at })
  for (let column = 0; column < columns; column += 1) settle(call, owner, column)
  return nothing()
}

function removeGadget(call: Call) {
  const { id, owner, data } = needGadget(call, 'gadgetId')
  call.store.remove('gadget', id)
  settle(call, owner, data.column)
  return nothing()
}

const isTexts = (value: unknown) =>
  isObject(value) && Object.values(value).every((one) => typeof one === 'string')

/** What a gadget that has an address keeps as "config" are texts (the document). */
function putSettings(call: Call) {
  const { id, data } = needGadget(call, 'itemId')
  const key = param(call, 'propertyKey')
  if (call.body === undefined) refuse(400, 'The property value is required.')
  if (data.uri !== undefined && key === 'config' && !isTexts(call.body))
    refuse(
      400,
      'The JSON data provided for the property has too many levels. It must be an object with all keys and values as strings.',
    )
  return putProperty(call.store, 'gadget', id, key, call.body) ? made({}) : ok({})
}

function getSettings(call: Call) {
  const key = param(call, 'propertyKey')
  const value = getProperty(call.store, 'gadget', needGadget(call, 'itemId').id, key)
  return value === undefined
    ? refuse(404, `The property with key '${key}' does not exist.`)
    : ok({ key, value })
}

const one = '/rest/api/3/dashboard/{dashboardId}/gadget/{gadgetId}'
const property = '/rest/api/3/dashboard/{dashboardId}/items/{itemId}/properties/{propertyKey}'

export const gadgetRoutes: Route[] = [
  ['GET', '/rest/api/3/dashboard/gadgets', () => ok({ gadgets: offered })],
  [
    'GET',
    '/rest/api/3/dashboard/{dashboardId}/gadget',
    (call) =>
      ok({ gadgets: standing(call, needDashboard(call, 'dashboardId').id).map(gadgetView) }),
  ],
  ['POST', '/rest/api/3/dashboard/{dashboardId}/gadget', addGadget],
  ['PUT', one, updateGadget],
  ['DELETE', one, removeGadget],
  ['GET', property, getSettings],
  ['PUT', property, putSettings],
]
