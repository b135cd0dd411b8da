import { ownFieldTypes } from '../../shared/custom-fields.ts'
import type { Kept } from '../../shared/filter-shares.ts'
import {
  type MappedKind,
  type Mapping,
  type MappingHow,
  mappedKinds,
} from '../../shared/mapping.ts'
import type { PlannedItem, Promises, SiteFacts } from '../../shared/plan.ts'
import type { SetupOptions } from '../../shared/plan-options.ts'
import { fold } from './names.ts'

const mapped = new Set<string>(mappedKinds)

/**
 * Notes who becomes whom, and which name what, while a plan passes by. The rows are one for each person and
 * name (filters among them), not for each issue: they fit into memory whatever the source's size.
 */
export function createMappings(site: SiteFacts, choices?: SetupOptions['choices']) {
  const rows: Mapping[] = []
  const has = namesOf(site)
  return {
    see(item: PlannedItem) {
      if (!mapped.has(item.kind)) return
      const kind = item.kind as MappedKind
      const { sourceId, label: name, leftOut, losses } = item
      const why = leftOut?.text ?? losses.map((loss) => loss.text).join(' ')
      if (kind === 'user') rows.push({ kind, sourceId, name, why, ...person(item, choices) })
      else {
        const promise = item.promise as { name: string; type?: string; kept?: Kept } | null
        const siteName = promise?.name ?? null
        const how =
          promise === null
            ? 'leftOut'
            : promise.kept || has(kind, promise.name, promise.type)
              ? 'used'
              : fold(promise.name) === fold(name)
                ? 'new'
                : 'renamed'
        const siteId = promise?.kept?.id ?? null
        rows.push({ kind, sourceId, name, how, siteName, siteId, why })
      }
    },
    /** All of them, once the whole plan has passed. */
    end: (): Mapping[] => rows,
  }
}

function person(
  item: PlannedItem,
  choices: SetupOptions['choices'],
): Pick<Mapping, 'how' | 'siteName' | 'siteId'> {
  const choice = choices?.get(item.sourceId)?.how
  if (item.leftOut) {
    const left = item.leftOut.code === 'not-related' || choice === 'leave'
    const how: MappingHow = left ? 'leftOut' : 'text'
    return { how, siteName: null, siteId: null }
  }
  const { displayName, accountId } = item.promise as Promises['user']
  return {
    how: choice === 'account' ? 'choice' : 'email',
    siteName: displayName,
    siteId: accountId,
  }
}

/**
 * Whether the site has this name. The plan gives a new thing no name that is there, so what has one is the
 * site's own; only of fields there may be several of one name, told apart by their types.
 */
function namesOf(site: SiteFacts) {
  const names = (list: readonly { name: string }[]) => new Set(list.map((one) => fold(one.name)))
  const fields = new Set(
    (site.customFields ?? []).map((field) => `${field.type} ${fold(field.name)}`),
  )
  // Another owner's may have the name of a new one: those that are used say so themselves.
  const none = new Set<string>()
  const known: Record<Exclude<MappedKind, 'user' | 'customField'>, Set<string>> = {
    filter: none,
    dashboard: none,
    group: new Set(site.groups.map(fold)),
    issueType: names(site.issueTypes),
    status: names(site.statuses),
    priority: names(site.priorities),
    resolution: names(site.resolutions),
    linkType: names(site.linkTypes),
    role: names(site.roles),
    projectCategory: names(site.categories ?? []),
  }
  return (kind: Exclude<MappedKind, 'user'>, name: string, type = '') =>
    kind === 'customField'
      ? fields.has(`${ownFieldTypes}${type} ${fold(name)}`)
      : known[kind].has(fold(name))
}
