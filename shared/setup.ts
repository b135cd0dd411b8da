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

/** Kinds whose names the whole site shares, so that those of the source can meet them there. */
export const collisionKinds = [
  'status',
  'issueType',
  'linkType',
  'priority',
  'resolution',
  'field',
  'group',
  'filter',
] as const
export type CollisionKind = (typeof collisionKinds)[number]
/** reuse what the site has · rename ours to "Name (2)" · stop: leave it out with all that needs it, and let a check block. */
export const collisionRules = ['reuse', 'rename', 'stop'] as const
export type CollisionRule = (typeof collisionRules)[number]
/** A filter of the site is another one that has the name: it cannot stand for ours. */
export const rulesFor = (kind: CollisionKind): readonly CollisionRule[] =>
  kind === 'filter' ? ['rename', 'stop'] : collisionRules

const rule = v.optional(v.picklist(collisionRules), 'reuse')
const filterRule = v.pipe(
  rule,
  v.transform((one): CollisionRule => (one === 'reuse' ? 'rename' : one)),
)
export const CollisionOptions = v.object({
  status: rule,
  issueType: rule,
  linkType: rule,
  priority: rule,
  resolution: rule,
  field: rule,
  group: rule,
  filter: filterRule,
} satisfies Record<CollisionKind, typeof rule | typeof filterRule>)
export type Collisions = v.InferOutput<typeof CollisionOptions>
