import type { RecordSink, Shape } from '../source.ts'
import type { EntityPlan } from './plan.ts'

/**
 * Where apps are used: in workflows and on dashboards. Of a workflow's descriptor only the names of its
 * classes and modules are taken, so a secret that somebody wrote into a function's argument stays behind.
 */
const use: Shape = { table: 'appUse', columns: ['kind', 'subject', 'reference'] }
const userId: Shape = { table: 'userId', columns: ['id', 'key'] }

const named = /<arg name="(?:class\.name|full\.module\.key)">([^<]{1,500})</g

const lookers: Record<
  string,
  { columns: readonly string[]; row(sink: RecordSink, values: (string | null)[]): void }
> = {
  Workflow: {
    columns: ['name', 'descriptor'],
    row(sink, [name, descriptor]) {
      const found = new Set<string>()
      for (const [, reference = ''] of (descriptor ?? '').matchAll(named))
        found.add(reference.trim())
      for (const reference of found) sink.row(use, ['workflow', name ?? '', reference])
    },
  },
  PortletConfiguration: {
    columns: ['portalpage', 'portletId', 'gadgetXml', 'dashboardModuleCompleteKey'],
    row(sink, [dashboard, portlet, gadget, module]) {
      const reference = module ?? gadget ?? portlet
      if (reference) sink.row(use, ['gadget', dashboard ?? '', reference])
    },
  },
  ApplicationUser: {
    columns: ['id', 'userKey'],
    row(sink, [id, key]) {
      if (id && key) sink.row(userId, [id, key])
    },
  },
}

/** The plan of an entity that also looks for apps; what the plan itself does stays as it is. */
export function alsoApps(
  sink: RecordSink,
  entity: string,
  plan: EntityPlan | null,
): EntityPlan | null {
  const looker = Object.hasOwn(lookers, entity) ? lookers[entity] : undefined
  if (looker === undefined) return plan
  const own = plan?.columns ?? []
  // An attribute has one place only: those that the plan wants too are looked at where they stand.
  const more = looker.columns.filter((column) => !own.includes(column))
  const columns = [...own, ...more]
  const places = looker.columns.map((column) => columns.indexOf(column))
  return {
    columns,
    row(values) {
      looker.row(
        sink,
        places.map((place) => values[place] ?? null),
      )
      if (plan) plan.row(values.slice(0, own.length))
    },
  }
}
