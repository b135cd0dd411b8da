/** What was typed into the stepper and is not at the agent yet: the browser may be closed at any moment. */
import * as v from 'valibot'
import { CollisionOptions, purposes, ScopeOptions } from '../shared/setup.ts'
import { readLocal, writeLocal } from './platform.ts'

/** All that can be typed but the tokens: those go to the agent and are kept nowhere else. */
const DraftSchema = v.object({
  name: v.string(),
  purpose: v.picklist(purposes),
  from: v.optional(v.picklist(['backup', 'datacenter']), 'backup'),
  path: v.string(),
  attachments: v.string(),
  timeZone: v.string(),
  jiraUrl: v.optional(v.string(), ''),
  jiraUser: v.optional(v.string(), ''),
  site: v.picklist(['none', 'practice', 'cloud']),
  url: v.string(),
  email: v.string(),
  scope: ScopeOptions,
  collisions: CollisionOptions,
  mappings: v.optional(v.string(), ''),
  /** What of the agent's it was typed over; null: nothing, or a browser that did not write it down. */
  revision: v.optional(v.nullable(v.string()), null),
  /** Tokens that were typed and had not gone to the agent: whoever comes back is told to type them again. */
  unsent: v.optional(v.array(v.picklist(['token', 'jiraToken'])), []),
})
export type Draft = v.InferOutput<typeof DraftSchema>
export type Secret = Draft['unsent'][number]

const keyOf = (id: string | null) => `draft:${id ?? ''}`

/** What was typed for this migration (null: for a new one); null where nothing waits. */
export async function readDraft(id: string | null): Promise<Draft | null> {
  const kept = v.safeParse(DraftSchema, await readLocal(keyOf(id)))
  return kept.success ? kept.output : null
}

/** Keeps what was typed; null forgets it. */
export const writeDraft = (id: string | null, draft: (Draft & Record<Secret, string>) | null) =>
  writeLocal(
    keyOf(id),
    // The schema also takes away what must not be kept; that there was something is kept.
    draft === null ? undefined : v.parse(DraftSchema, { ...draft, unsent: typedSecrets(draft) }),
  )

const typedSecrets = (draft: Record<Secret, string>): Secret[] =>
  (['token', 'jiraToken'] as const).filter((field) => draft[field].trim() !== '')

const uploadKey = (id: string) => `upload:${id}`
/** The name of the file that was on its way for this migration when nobody was there any more; null: none was. */
export async function readUpload(id: string): Promise<string | null> {
  const name = await readLocal(uploadKey(id))
  return typeof name === 'string' ? name : null
}
/** Written before the first byte leaves; null: it came to an end that was told. */
export const writeUpload = (id: string, name: string | null) =>
  writeLocal(uploadKey(id), name ?? undefined)

const whoKey = 'who'
/** The name a person signed with the last time; '' at first. */
export async function readWho(): Promise<string> {
  const who = await readLocal(whoKey)
  return typeof who === 'string' ? who : ''
}
export const writeWho = (who: string) => writeLocal(whoKey, who)
