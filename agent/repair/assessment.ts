import type { RepairPart } from '../../shared/api-repair.ts'
import type { AdfDoc, Promises, Visibility } from '../../shared/plan.ts'
import type { Outcome } from '../cloud/writing.ts'
import type { Swap } from '../ledger/rewrites.ts'
import type { Changed, RepairContext } from './context.ts'

/** How what a repair wrote is taken back; kept in the ledger before the request leaves. */
export type Undo =
  /** before and after: texts by the name of the field, to see whether anybody changed it since. */
  | {
      how: 'fields'
      issueKey: string
      fields: Record<string, unknown>
      before: Record<string, string>
      after: Record<string, string>
    }
  | {
      how: 'comment'
      issueKey: string
      id: string
      set: { body: AdfDoc; visibility: Visibility | null }
      after: string
    }
  | {
      how: 'worklog'
      issueKey: string
      id: string
      set: {
        started: string
        timeSpentSeconds: number
        comment: AdfDoc | null
        visibility: Visibility | null
      }
      after: string
    }
  /** What was made goes; the ledger has its id once the site has said it. */
  | {
      how: 'remove'
      kind: 'comment' | 'worklog' | 'attachment' | 'link' | 'remoteLink' | 'watcher'
      issueKey: string
      /** What else tells it: the global id of a remote link, the account of a watcher. */
      mark: string
    }
  | { how: 'turn'; wrong: Promises['link'] }
  | { how: 'remoteLink'; before: Promises['remoteLink']; after: string }
  /** Links and mentions, rewritten where they stood; swaps: those of all texts, which verify reads from here. */
  | {
      how: 'links'
      kind: 'issue' | 'comment' | 'worklog'
      issueKey: string
      /** null: the issue itself. */
      id: string | null
      swaps: Swap[]
      texts: { field: string; before: AdfDoc; after: AdfDoc; swaps: Swap[] }[]
    }

/** What is to be written, in order; sending it again after it landed changes nothing or is told by an assessment. */
export interface Deed {
  requests: string[]
  send(ctx: RepairContext): Promise<Outcome>
  undo: Undo | null
}

/** What a look at the site and its history says about one item. */
export interface Assessment {
  chance: 'possible' | 'done' | 'changed' | 'by hand'
  why: string | null
  parts: RepairPart[]
  deed: Deed | null
  /** The site's item that is (or becomes) the one of the source, where it is there. */
  siteId: string | null
}

export const byHand = (why: string, parts: RepairPart[] = []): Assessment => ({
  chance: 'by hand',
  why,
  parts,
  deed: null,
  siteId: null,
})
/** It is right already: only its verdict is behind. */
export const done = (siteId: string | null, parts: RepairPart[] = []): Assessment => ({
  chance: 'done',
  why: 'It is right on the site already; it is only read back.',
  parts,
  deed: null,
  siteId,
})

/** How much of a text a preview shows; the drawer is no editor. */
const shown = 10_000
export const cutText = (text: string) => (text.length > shown ? `${text.slice(0, shown)}…` : text)

/** A part of a preview. */
export function part(
  field: string,
  act: RepairPart['act'],
  texts: { source: string; migrated: string; now: string },
  more: { changed?: Changed | null; why?: string | null } = {},
): RepairPart {
  const { changed = null, why = null } = more
  const stays = changed !== null || why !== null || act === null
  return {
    field,
    act,
    source: cutText(texts.source),
    migrated: cutText(texts.migrated),
    now: cutText(texts.now),
    after: stays ? null : cutText(texts.source),
    why: changed ? (why ?? changedWords) : why,
    changed,
  }
}
export const changedWords =
  'It was changed on the site after the migration, so it is not written over.'

/** What can be done with the parts together. */
export function chanceOf(parts: readonly RepairPart[]): Assessment['chance'] {
  if (parts.some((one) => one.after !== null)) return 'possible'
  if (parts.some((one) => one.changed)) return 'changed'
  return parts.every((one) => one.now === one.source) ? 'done' : 'by hand'
}
