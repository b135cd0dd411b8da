/**
 * What crosses the wire while a migration is set up: from the first draft to the dry run of its plan.
 * Rules as in api.ts: bearer token, every error body is { problem: ProblemView }.
 *
 *   POST   /api/migrations                    SetupBody       MigrationView (201)      step null: it must be complete; else it is a draft
 *   GET    /api/migrations/:id/setup                          SetupView                what the stepper is filled with; never a token
 *   PUT    /api/migrations/:id                SetupBody       EditedView               the whole setup anew; says what a new run will do; 409 setup-changed
 *   POST   /api/migrations/:id/copy           CopyBody        MigrationView (201)      setup, people, token and what was read of the source go along; nothing of its runs
 *   GET    /api/sources                                       SourcesView              backups that the agent finds in its folders
 *   POST   /api/sources/upload                multipart, one part "file" with a file name, at most 200 MB   FoundBackup (201)
 *   POST   /api/migrations/:id/inspect                        InspectionView (202)     reads in the background; the run uses what was read. ?anew=true: a live source from its beginning
 *   GET    /api/migrations/:id/inspection                     InspectionView           ask again while state is "reading"
 *   DELETE /api/migrations/:id/inspection                     InspectionView           stops the reading
 *   GET    /api/migrations/:id/source-projects                SourceProjectsView       see source-projects.ts, with POST and DELETE
 *   POST   /api/migrations/:id/source-test    SourceTestBody  SourceTestView, or the problem why not (502)
 *   POST   /api/migrations/:id/files-test     FilesTestBody   FilesTestView            whether attachments lie in a folder
 *   POST   /api/migrations/:id/site-test      SiteTestBody    SiteTestView, or the problem why not (502, 503)
 *   GET    /api/migrations/:id/people?after&limit&search&state    PeoplePage           409 not-now before the source was inspected
 *   PUT    /api/migrations/:id/people/:key    PersonChoiceBody    PersonView
 *   GET    /api/migrations/:id/accounts?words                 AccountsView             people of the site to choose from
 *   GET    /api/migrations/:id/people.csv                     text/csv: key,name,email,how,account,state,problem
 *   POST   /api/migrations/:id/people.csv     text/csv, at most 32 MB   PeopleUploadView; all or nothing: with errors nothing is changed
 *   GET    /api/migrations/:id/collisions                     CollisionsView           409 not-now before the source was inspected
 *   GET    /api/migrations/:id/collisions/:kind?list&after&limit   MeetingNamesPage   list: see nameLists in setup.ts
 *   POST   /api/migrations/:id/plan-preview                   PreviewView (202)        plans dry in the background
 *   GET    /api/migrations/:id/plan-preview                   PreviewView              ask again while state is "planning"
 *   DELETE /api/migrations/:id/plan-preview                   PreviewView              stops it
 *   DELETE /api/migrations/:id   (api.ts)                     also removes its snapshot and its reports from the agent's disk
 *
 * The answers' schemas are in api-setup-views.ts. MigrationView.setup (api.ts) tells the list: { purpose, step, missing }. A draft with missing parts does
 * not run (409 not-now, the sentence names the part).
 */
import * as v from 'valibot'
import { MachinePath, MigrationName, SiteBody, SourceBody } from './api.ts'
import { CollisionOptions, missingParts, purposes, ScopeOptions, setupSteps } from './setup.ts'

const text = v.string()

const cloud = SiteBody.options[1].entries
/** As SiteBody, but the token may be left out: then the one that is stored for this migration stays. */
export const SetupSite = v.variant('kind', [
  SiteBody.options[0],
  v.object({ ...cloud, token: v.optional(v.nullable(cloud.token), null) }),
])

const live = SourceBody.options[1].entries
/** As SourceBody, but the token may be left out: then the one that is stored for this migration stays. */
export const SetupSource = v.variant('kind', [
  SourceBody.options[0],
  v.object({ ...live, token: v.optional(v.nullable(live.token), null) }),
])
export type SourceInput = v.InferOutput<typeof SetupSource>

/** Also takes every MigrationBody of api.ts. */
export const SetupBody = v.pipe(
  v.object({
    name: MigrationName,
    purpose: v.optional(v.picklist(purposes), 'test'),
    source: v.optional(v.nullable(SetupSource), null),
    site: v.optional(v.nullable(SetupSite), null),
    scope: v.optional(ScopeOptions, {}),
    collisions: v.optional(CollisionOptions, {}),
    /** Of a verification: path of an id-mappings.csv on the agent's machine; null = none. */
    mappings: v.optional(v.nullable(MachinePath), null),
    /** Where the stepper was left; null = the setup is done, and nothing may be missing. */
    step: v.optional(v.nullable(v.picklist(setupSteps)), null),
    /** The one that was seen before it was changed: 409 setup-changed where it is another by now. null = not looked at. */
    revision: v.optional(v.nullable(text), null),
  }),
  v.forward(
    v.partialCheck(
      [['source'], ['step']],
      (body) => body.step !== null || body.source !== null,
      'The source is missing: say which backup is to be moved.',
    ),
    ['source'],
  ),
  v.forward(
    v.partialCheck(
      [['site'], ['step']],
      (body) => body.step !== null || body.site !== null,
      'The site is missing: say where to.',
    ),
    ['site'],
  ),
)
export type SetupInput = v.InferOutput<typeof SetupBody>

export const CopyBody = v.object({
  /** Default: "Copy of …". */
  name: v.optional(v.nullable(MigrationName), null),
})

export const SetupViewSchema = v.object({
  id: text,
  /** Names what the setup says: the same for the same words. */
  revision: text,
  name: text,
  purpose: v.picklist(purposes),
  source: v.nullable(
    v.variant('kind', [
      v.object({
        kind: v.literal('backup'),
        path: text,
        attachments: v.nullable(text),
        timeZone: v.nullable(text),
      }),
      v.object({
        kind: v.literal('datacenter'),
        url: text,
        user: v.nullable(text),
        tokenStored: v.boolean(),
      }),
    ]),
  ),
  site: v.nullable(
    v.variant('kind', [
      v.object({ kind: v.literal('practice') }),
      v.object({ kind: v.literal('cloud'), url: text, email: text, tokenStored: v.boolean() }),
    ]),
  ),
  scope: ScopeOptions,
  collisions: CollisionOptions,
  mappings: v.optional(v.nullable(text), null),
  step: v.nullable(v.picklist(setupSteps)),
  /** Without these it cannot run. */
  missing: v.array(v.picklist(missingParts)),
  /** Parts that can no longer be changed because items are on the site already; a copy can. */
  fixed: v.array(v.picklist(['source', 'site', 'scope', 'collisions', 'people'])),
  /** What a run that begins now will do, in sentences. */
  willDo: v.array(text),
})
export type SetupView = v.InferOutput<typeof SetupViewSchema>

export const EditedViewSchema = v.object({ setup: SetupViewSchema, willDo: v.array(text) })
export type EditedView = v.InferOutput<typeof EditedViewSchema>

/** Larger backups are read from where they lie. Bytes. */
export const uploadLimit = 200 * 1024 * 1024

/** source null or absent: the one that is saved, with the token that is stored. Only a live one can be asked. */
export const SourceTestBody = v.object({ source: v.optional(v.nullable(SetupSource), null) })

/** folder: of attachments, on the agent's machine. */
export const FilesTestBody = v.object({
  folder: MachinePath,
  /** The backup whose files they are to be; of another one than is saved nothing is known yet. */
  path: v.optional(v.nullable(v.string()), null),
})

/** site null or absent: the one that is saved, with the token that is stored. */
export const SiteTestBody = v.object({ site: v.optional(v.nullable(SetupSite), null) })

export const PersonChoiceBody = v.variant('how', [
  v.object({ how: v.picklist(['email', 'placeholder', 'leave']) }),
  v.object({
    how: v.literal('account'),
    accountId: v.pipe(
      text,
      v.trim(),
      v.minLength(1, 'Write the account id.'),
      v.maxLength(128, 'An account id has at most 128 characters.'),
    ),
  }),
])
export type PersonChoice = v.InferOutput<typeof PersonChoiceBody>
