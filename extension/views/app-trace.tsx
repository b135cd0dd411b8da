import type { ComponentChildren } from 'preact'
import type { AppTrace, AppView } from '../../shared/api-apps.ts'
import type { SourceList } from '../../shared/api-source.ts'
import { type SourcePlace, sourceHash } from '../models/place.ts'
import { count } from '../words.ts'
import { appPageWords } from '../words-apps.ts'
import { size } from './sizes.ts'

/** So many of a kind are shown; the list behind holds all of them. */
const most = 20

interface TraceProps {
  id: string
  app: Pick<AppView, 'key' | 'trace'>
}

/** What an app left in the source and where it is used; each number leads to what it counts. */
export function Trace({ id, app }: TraceProps) {
  const { key, trace } = app
  const { tables, properties, fields, workflows, dashboards, filters } = trace
  const href: Href = (list, more = {}) => sourceHash(id, list, { app: key, ...more })
  const facts: Fact[] = [
    [appPageWords.usedBy, <Used key="used" trace={trace} href={href} />],
    [
      appPageWords.tables,
      <Parts
        key="tables"
        all={href('appTable')}
        parts={tables.map(({ name, rows, bytes }) => ({
          name: appPageWords.table(name, sizeOf(bytes)),
          number: appPageWords.rows(rows),
          href: href('appTable', { table: name }),
        }))}
      />,
    ],
    [
      appPageWords.properties,
      <Parts
        key="properties"
        all={href('property')}
        parts={properties.map(({ entity, count: n }) => ({
          name: entity,
          number: count(n),
          href: href('property', { entity }),
        }))}
      />,
    ],
    [
      appPageWords.fields,
      <Parts
        key="fields"
        all={href('customField')}
        parts={fields.map(({ id: field, name, issues }) => ({
          name,
          number: appPageWords.onIssues(issues),
          href: href('issue', { field }),
        }))}
      />,
    ],
    [
      appPageWords.workflows,
      workflows.length === 0 ? null : (
        <a key="workflows" href={href('appUse')}>
          {appPageWords.workflowCount(workflows.length)}
        </a>
      ),
    ],
    [
      appPageWords.dashboards,
      dashboards.length === 0 ? null : (
        <a key="dashboards" href={href('dashboard')}>
          {appPageWords.dashboardCount(dashboards.length)}
        </a>
      ),
    ],
    [
      appPageWords.filters,
      filters === 0 ? null : (
        <a key="filters" href={href('filter')}>
          {appPageWords.filterCount(filters)}
        </a>
      ),
    ],
  ]
  const shown = facts.filter(([term]) => hasPart(trace, term))
  return shown.length === 0 ? <p class="quiet">{appPageWords.nothing}</p> : <Facts facts={shown} />
}

type Href = (
  list: SourceList,
  more?: Partial<Pick<SourcePlace, 'table' | 'field' | 'entity'>>,
) => string

/** Whether there is anything to say under this term. */
function hasPart(trace: AppTrace, term: string): boolean {
  const words = appPageWords
  const counts: Record<string, number> = {
    [words.usedBy]: trace.issues + trace.projects,
    [words.tables]: trace.tables.length,
    [words.properties]: trace.properties.length,
    [words.fields]: trace.fields.length,
    [words.workflows]: trace.workflows.length,
    [words.dashboards]: trace.dashboards.length,
    [words.filters]: trace.filters,
  }
  return (counts[term] ?? 0) > 0
}

function Used({ trace: { issues, projects }, href }: { trace: AppTrace; href: Href }) {
  return (
    <>
      <a href={href('issue')}>{appPageWords.issues(issues)}</a> {appPageWords.inProjects}{' '}
      <a href={href('project')}>{appPageWords.projects(projects)}</a>
    </>
  )
}

interface Part {
  name: string
  number: string
  href: string
}

/** Each with its number; an app with hundreds of tables has them in a list of their own. */
function Parts({ parts, all }: { parts: Part[]; all: string }) {
  return (
    <ul>
      {parts.slice(0, most).map(({ name, number, href }) => (
        <li key={name}>
          <bdi class="wrap">{name}</bdi>: <a href={href}>{number}</a>
        </li>
      ))}
      {parts.length > most && (
        <li>
          <a href={all}>{appPageWords.more(parts.length - most)}</a>
        </li>
      )}
    </ul>
  )
}

/** A table of two rows is small, but not nothing. */
const sizeOf = (bytes: number): string => (bytes < 1000 ? appPageWords.tiny : size(bytes))

type Fact = [term: string, value: ComponentChildren]

/** Terms with their values; what has no value is left out, and a value without a term goes on with the one before. */
export function Facts({ facts }: { facts: Fact[] }) {
  const shown = facts.filter(([, value]) => value !== null)
  return (
    <dl class="facts">
      {shown.flatMap(([term, value], i) => [
        ...(term === '' ? [] : [<dt key={term}>{term}</dt>]),
        <dd key={`${term}${i}:`} class={term === '' ? 'goes-on' : ''}>
          {value}
        </dd>,
      ])}
    </dl>
  )
}
