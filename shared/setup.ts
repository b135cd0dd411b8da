/** The words of a migration's setup: what of a source moves, and what becomes of names that meet on the site. */
import * as v from 'valibot'

/** The stepper's pages, in their order. */
export const setupSteps = [
  'name',
  'source',
  'inspection',
  'site',
  'scope',
  'people',
  'collisions',
  'checks',
  'review',
] as const
export type SetupStep = (typeof setupSteps)[number]

/** verify: the site is filled already, by another program; it is only read and compared. */
export const purposes = ['test', 'production', 'verify'] as const
export type Purpose = (typeof purposes)[number]

/** A verification writes nothing: no names can meet, and there is nothing to check before it. */
const onlyForMoves: readonly SetupStep[] = ['collisions', 'checks']

/** The pages of the stepper that apply, in their order. */
export const stepsOf = (purpose: Purpose): readonly SetupStep[] =>
  purpose === 'verify' ? setupSteps.filter((step) => !onlyForMoves.includes(step)) : setupSteps

/** Without these a migration cannot run. */
export const missingParts = ['source', 'sourceToken', 'site', 'token'] as const
export type MissingPart = (typeof missingParts)[number]

export const attachmentModes = ['with', 'without', 'only'] as const
export const peopleScopes = ['all', 'related'] as const
/** linked: only those that belong to a project that moves. */
export const linkedScopes = ['linked', 'all', 'none'] as const

/** What of the source moves. Everything absent means: all of it. */
export const ScopeOptions = v.object({
  // A Data Center sets the form of its keys itself; which of them the site takes is a check's matter.
  projects: v.optional(
    v.nullable(v.array(v.pipe(v.string(), v.regex(/^\S{1,255}$/, 'A project key has no spaces.')))),
    null,
  ),
  /** Whether archived projects move, too. */
  archived: v.optional(v.boolean(), true),
  /** only: the issues are on the site already; files are added to those that are the same. */
  attachments: v.optional(v.picklist(attachmentModes), 'with'),
  /** related: only users that the moved projects name. */
  people: v.optional(v.picklist(peopleScopes), 'all'),
  memberships: v.optional(v.boolean(), true),
  filters: v.optional(v.picklist(linkedScopes), 'all'),
  dashboards: v.optional(v.picklist(linkedScopes), 'all'),
  boards: v.optional(v.picklist(linkedScopes), 'all'),
})
export type Scope = v.InferOutput<typeof ScopeOptions>

/**
 * What becomes of the names of a kind. used: the site has it and it is used · beside: a new one comes beside the
 * site's · leftOut: the site has it, so it stays behind · alone: only the source has it.
 */
export const nameLists = ['used', 'beside', 'leftOut', 'alone'] as const
export type NameList = (typeof nameLists)[number]

/** Kinds whose names can meet those of the site: the whole site shares them, or one account does. */
export const collisionKinds = [
  'status',
  'issueType',
  'linkType',
  'priority',
  'resolution',
  'field',
  'group',
  'filter',
  'dashboard',
] as const
export type CollisionKind = (typeof collisionKinds)[number]
/** reuse what the site has · rename ours to "Name (2)" · stop: leave it out with all that needs it, and let a check block. */
export const collisionRules = ['reuse', 'rename', 'stop'] as const
export type CollisionRule = (typeof collisionRules)[number]
/**
 * What is done where nobody chose. Names of filters and dashboards are unique only among those of one owner, and
 * say nothing of what they show: the site's stand for ours only where a person says so.
 */
export const defaultRule = (kind: CollisionKind): CollisionRule =>
  kind === 'filter' || kind === 'dashboard' ? 'rename' : 'reuse'

const rule = v.optional(v.picklist(collisionRules), 'reuse')
const ownedRule = v.optional(v.picklist(collisionRules), 'rename')
export const CollisionOptions = v.object({
  status: rule,
  issueType: rule,
  linkType: rule,
  priority: rule,
  resolution: rule,
  field: rule,
  group: rule,
  filter: ownedRule,
  dashboard: ownedRule,
} satisfies Record<CollisionKind, typeof rule | typeof ownedRule>)
export type Collisions = v.InferOutput<typeof CollisionOptions>
