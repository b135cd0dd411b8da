import { type FieldPromise, ownFieldTypes, type SiteField } from '../../shared/custom-fields.ts'
import type { SiteFacts } from '../../shared/plan.ts'
import { fold } from './names.ts'

/**
 * The field of the site that a promised one is: the plan gives a new field no name that one of its type has
 * there, so what has name and type is reused.
 */
export const siteFieldOf = (
  site: Pick<SiteFacts, 'customFields'>,
  { name, type }: Pick<FieldPromise, 'name' | 'type'>,
): SiteField | undefined =>
  site.customFields?.find(
    (one) => one.type === `${ownFieldTypes}${type}` && fold(one.name) === fold(name) && !one.locked,
  )
