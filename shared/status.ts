/**
 * A migration has two axes: its status (what we know) and its activity (what is going on).
 *
 *            run                 all verified
 *   saved ─────────▶ running ──────────────────▶ finished
 *                      │  ▲ run again   │
 *                      │  └─────────────┼──── incomplete ◀── stopped, or something needs a person
 *                      └────────────────┴──▶ failed      ◀── could not go on at all
 *
 * mend leads from incomplete to finished: what alone had kept it incomplete, an app or items, was put right later.
 * reopen leads back: a repair that had made it finished was undone.
 */
export const migrationStatuses = ['saved', 'running', 'finished', 'incomplete', 'failed'] as const
export type MigrationStatus = (typeof migrationStatuses)[number]

export const migrationMoves = [
  'run',
  'finish',
  'finishIncomplete',
  'fail',
  'mend',
  'reopen',
] as const
export type MigrationMove = (typeof migrationMoves)[number]

const nowhere = {
  run: null,
  finish: null,
  finishIncomplete: null,
  fail: null,
  mend: null,
  reopen: null,
}

/** The total table of moves; null means that the move makes no sense there. */
export const migrationTable: Record<
  MigrationStatus,
  Record<MigrationMove, MigrationStatus | null>
> = {
  saved: { ...nowhere, run: 'running' },
  running: { ...nowhere, finish: 'finished', finishIncomplete: 'incomplete', fail: 'failed' },
  finished: { ...nowhere, run: 'running', reopen: 'incomplete' },
  incomplete: { ...nowhere, run: 'running', mend: 'finished' },
  failed: { ...nowhere, run: 'running' },
}

export const activities = [
  'idle',
  'reading',
  'checking',
  'planning',
  'pushing',
  'verifying',
  'reporting',
  'paused',
  'stopping',
] as const
export type Activity = (typeof activities)[number]

export const pauseReasons = [
  'by you',
  'rate limit',
  'site unreachable',
  'source unreachable',
] as const
export type PauseReason = (typeof pauseReasons)[number]

/**
 * An item's way through the ledger. `sending` is written before the request leaves; after a crash
 * `reconcile` asks the site and turns it into sent, planned or unsure.
 */
export const itemStates = ['planned', 'sending', 'sent', 'unsure', 'leftOut', 'failed'] as const
export type ItemState = (typeof itemStates)[number]

export const itemEvents = [
  'claim',
  'settle',
  'refuse',
  'found',
  'notFound',
  'cannotTell',
  'retry',
] as const
export type ItemEvent = (typeof itemEvents)[number]

/** The total table of an item's moves; null means that the event cannot happen in that state. */
export const itemTable: Record<ItemState, Record<ItemEvent, ItemState | null>> = {
  planned: row({ claim: 'sending', found: 'sent', refuse: 'failed' }),
  sending: row({
    settle: 'sent',
    refuse: 'failed',
    found: 'sent',
    notFound: 'planned',
    cannotTell: 'unsure',
  }),
  sent: row({}),
  unsure: row({ found: 'sent', notFound: 'planned', retry: 'planned' }),
  leftOut: row({}),
  failed: row({ retry: 'planned', found: 'sent' }),
}

function row(moves: Partial<Record<ItemEvent, ItemState>>): Record<ItemEvent, ItemState | null> {
  const none = Object.fromEntries(itemEvents.map((event) => [event, null]))
  return { ...none, ...moves } as Record<ItemEvent, ItemState | null>
}

/** What a source item ends as. */
export const verdicts = ['verified', 'different', 'leftOut', 'failed'] as const
export type Verdict = (typeof verdicts)[number]
