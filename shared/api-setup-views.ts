/** The answers to the routes of api-setup.ts; each side trusts only what it parsed. */
import * as v from 'valibot'
import { ProblemSchema } from './api.ts'
import { kinds } from './plan.ts'
import { collisionKinds, collisionRules, type NameList } from './setup.ts'

const text = v.string()
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
/** Epoch milliseconds. */
const time = v.pipe(v.number(), v.integer())

export const FoundBackupSchema = v.object({
  path: text,
  /** The file's name; of an unpacked backup with its folder's. */
  name: text,
  /** Bytes. */
  size: count,
  /** When the file was last written. */
  time,
  /** A folder beside it that looks like Jira's attachments, null where there is none. */
  attachments: v.nullable(text),
})
export type FoundBackup = v.InferOutput<typeof FoundBackupSchema>
/**
 * Newest first. folders: where was looked, so many levels down; unfinished: those that held too much to look at
 * all of it.
 */
export const SourcesViewSchema = v.object({
  backups: v.array(FoundBackupSchema),
  folders: v.array(text),
  levels: v.number(),
  unfinished: v.array(text),
})
export type SourcesView = v.InferOutput<typeof SourcesViewSchema>
export const InspectionSchema = v.object({
  label: text,
  version: v.nullable(text),
  build: v.nullable(text),
  /** When the export was made; null where the file does not tell. */
  exportedAt: v.nullable(time),
  timeZone: text,
  /** How the zone was found, in words; `zoneCertain` false: nothing told it, ask the person. */
  timeZoneFrom: text,
  zoneCertain: v.boolean(),
  baseUrl: v.nullable(text),
  /** Rows of each kind that is kept, kinds without rows too. */
  kept: v.array(v.object({ table: text, rows: count })),
  /** Every entity found: kept, counted only, or secret (never stored). */
  entities: v.array(
    v.object({
      entity: text,
      found: count,
      stated: v.nullable(count),
      treatment: v.picklist(['kept', 'counted', 'secret']),
    }),
  ),
  /** n: by which the rows that it counts are asked for (api-source.ts); null where they cannot be told. */
  notes: v.array(
    v.object({ code: text, text, items: count, n: v.optional(v.nullable(count), null) }),
  ),
})
export const InspectedProjectSchema = v.object({
  key: text,
  name: text,
  issues: count,
  attachments: count,
  archived: v.boolean(),
  /** Why a live source gave nothing of it; null or absent = it was read. */
  unread: v.optional(v.nullable(v.picklist(['not-chosen', 'archived', 'not-searched']))),
})
export const InspectionViewSchema = v.object({
  /** failed: see problem · stopped: somebody ended the reading, and begins it again where they want to. */
  state: v.picklist(['none', 'reading', 'done', 'failed', 'stopped']),
  /** Bytes gone through of all, and rows found; of one that was stopped, until then. Null of all others. */
  progress: v.nullable(
    v.object({
      bytes: count,
      totalBytes: count,
      rows: count,
      /** What is counted under "bytes": of a live source its issues. Absent: bytes. */
      unit: v.optional(v.picklist(['bytes', 'issues'])),
      /** What a live source is waited for. */
      waiting: v.optional(v.nullable(text)),
    }),
  ),
  problem: v.nullable(ProblemSchema),
  inspection: v.nullable(InspectionSchema),
  projects: v.array(InspectedProjectSchema),
  /** A live source that is not read yet: its projects are chosen first, see source-projects.ts. */
  choose: v.optional(v.boolean()),
  /** How many issues an earlier reading of a live source left; a new one goes on from there. */
  halted: v.optional(v.nullable(v.object({ read: count, total: count }))),
})
export type InspectionView = v.InferOutput<typeof InspectionViewSchema>

export const SourceTestViewSchema = v.object({
  /** The address as it is used: origin and context path. */
  url: text,
  version: v.nullable(text),
  me: v.object({ name: text, displayName: text }),
  projects: count,
  /** null where the source does not say. */
  issues: v.nullable(count),
  /** Whether the account administers Jira; null where the version does not tell. */
  admin: v.nullable(v.boolean()),
  /** What to know before it is read, as sentences. */
  notes: v.array(text),
})
export type SourceTestView = v.InferOutput<typeof SourceTestViewSchema>

export const FilesTestViewSchema = v.object({
  folder: text,
  /** Whether there is such a folder on the agent's machine. */
  there: v.boolean(),
  /** How many attachments the source has; null before it was read. */
  of: v.nullable(count),
  /** How many of them were looked for, and how many of those lie in the folder. */
  looked: count,
  found: count,
  /** Each that was looked for: at most 500, see agent/setup/files-test.ts. */
  files: v.optional(v.array(v.object({ issueKey: text, name: text, found: v.boolean() })), []),
})
export type FilesTestView = v.InferOutput<typeof FilesTestViewSchema>

export const SiteTestViewSchema = v.object({
  url: text,
  me: v.object({ accountId: text, displayName: text }),
  /** How many projects this account sees. */
  projects: count,
  /** Permissions that Landfall needs and this account lacks, by the name on Jira's screens, and what it costs. */
  missing: v.array(v.object({ key: text, name: text, needed: text, without: text })),
  /** There is no project, so what the account may do in one cannot be told. */
  projectsUntold: v.boolean(),
  /** Bytes of the largest file the site takes; 0 where it takes none. */
  uploadLimit: count,
  /** What the site has of it now; of each at most 500 names. */
  has: v.array(v.object({ what: text, items: count, names: v.array(text) })),
})
export type SiteTestView = v.InferOutput<typeof SiteTestViewSchema>

export const personStates = ['email', 'choice', 'placeholder', 'leftOut', 'outOfScope'] as const
/** issues: who is named by most issues comes first. */
export const peopleOrders = ['source', 'issues'] as const
export const personProblems = ['no-email', 'invalid-email', 'duplicate-email', 'deleted'] as const
export const PersonViewSchema = v.object({
  /** The user's key at the source. */
  key: text,
  name: text,
  email: v.nullable(text),
  active: v.boolean(),
  /** Whether the address can find an account at all: there is one, of the right form, and the user was not deleted. */
  addressed: v.boolean(),
  /**
   * email: an account of the site has this address · choice: an account that a person chose ·
   * placeholder: no account; the name stays in the first line of texts · leftOut: a person said so; the name is
   * written nowhere · outOfScope: only related users move, and nothing that moves names this one.
   */
  state: v.picklist(personStates),
  /** What a person said; 'email' where nobody said anything. */
  how: v.picklist(['email', 'account', 'placeholder', 'leave']),
  account: v.nullable(v.object({ accountId: text, displayName: v.nullable(text) })),
  /** Why the address may find no account, or somebody else's; null too where a person chose, or out of scope. */
  problem: v.nullable(v.picklist(personProblems)),
  /** Of duplicate-email: the names of others who have the address and are matched by it, too. */
  sharedWith: v.array(text),
  /** Issues of the chosen projects that name this user as reporter, assignee or creator. */
  issues: count,
})
export type PersonView = v.InferOutput<typeof PersonViewSchema>
export const PeoplePageSchema = v.object({
  people: v.array(PersonViewSchema),
  /** Pass it as `after`; null at the end. */
  next: v.nullable(count),
  /** Of all users, whatever was searched for. */
  states: v.object({
    email: count,
    choice: count,
    placeholder: count,
    leftOut: count,
    outOfScope: count,
  }),
  problems: v.object({ noEmail: count, invalidEmail: count, duplicateEmail: count }),
  /** The site could not be asked for accounts: who is matched by e-mail is not known. */
  siteProblem: v.nullable(ProblemSchema),
})
export type PeoplePage = v.InferOutput<typeof PeoplePageSchema>
/** Active accounts of the site that fit what was searched for; at most 20. */
export const AccountsViewSchema = v.object({
  accounts: v.array(v.object({ accountId: text, displayName: text, email: v.nullable(text) })),
})
export type AccountsView = v.InferOutput<typeof AccountsViewSchema>
/** line: of the file, the header is line 1. */
export const PeopleUploadSchema = v.object({
  changed: count,
  unchanged: count,
  errors: v.array(v.object({ line: count, text })),
})
export type PeopleUpload = v.InferOutput<typeof PeopleUploadSchema>

export const CollisionsViewSchema = v.object({
  kinds: v.array(
    v.object({
      kind: v.picklist(collisionKinds),
      rule: v.picklist(collisionRules),
      /** How many names the source has of this kind, and how many of them the site has, too. */
      names: count,
      both: count,
      /** What the rule does to them, in a sentence. */
      sentence: text,
      /** What becomes of how many; their sum is `names`. */
      lists: v.object({ used: count, beside: count, leftOut: count, alone: count } satisfies Record<
        NameList,
        typeof count
      >),
    }),
  ),
})
export type CollisionsView = v.InferOutput<typeof CollisionsViewSchema>

export const MeetingNameSchema = v.object({
  name: text,
  /** As the site writes it; null where it has none of that name. */
  siteName: v.nullable(text),
  /** What it arrives as; null where it is left out. */
  becomes: v.nullable(text),
  /** In what the two differ, where that is known. */
  note: v.nullable(text),
})
export type MeetingName = v.InferOutput<typeof MeetingNameSchema>
export const MeetingNamesPageSchema = v.object({
  names: v.array(MeetingNameSchema),
  /** Pass it as `after`; null at the end. */
  next: v.nullable(count),
})
export type MeetingNamesPage = v.InferOutput<typeof MeetingNamesPageSchema>

const losses = v.array(
  v.object({
    code: text,
    kind: v.picklist(kinds),
    /** The sentence of the example; `varies`: others have other ones. */
    text,
    varies: v.boolean(),
    items: count,
    /** One of the items, for people. */
    example: text,
  }),
)
export const PreviewSchema = v.object({
  at: time,
  kinds: v.array(v.object({ kind: v.picklist(kinds), planned: count, leftOut: count })),
  /** What items that move will not keep. */
  losses,
  /** Why items do not move. */
  leftOut: losses,
  requests: v.object({ writes: count, reads: count }),
  /** Seconds. */
  estimate: v.object({ low: count, high: count }),
  /** The last one, of key '': what belongs to no one project, so that each column adds up. */
  perProject: v.array(
    v.object({
      key: text,
      name: text,
      issues: count,
      files: count,
      items: count,
      leftOut: count,
      withLoss: count,
      requests: count,
    }),
  ),
})
export type Preview = v.InferOutput<typeof PreviewSchema>
export const PreviewViewSchema = v.object({
  state: v.picklist(['none', 'planning', 'done', 'failed', 'stopped']),
  /** Items planned so far, and of how many where that can be told. */
  progress: v.nullable(v.object({ items: count, total: v.nullable(count) })),
  problem: v.nullable(ProblemSchema),
  /** The last whole one; it is dropped when the setup is edited, and when the source was read again. */
  preview: v.nullable(PreviewSchema),
  /** Whether the backup on disk is not the one that it was planned from: a run reads it anew and plans anew. */
  outdated: v.optional(v.boolean(), false),
})
export type PreviewView = v.InferOutput<typeof PreviewViewSchema>
