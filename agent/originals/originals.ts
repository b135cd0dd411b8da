import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../../shared/problem.ts'
import { countedRows } from '../apps/counted-rows.ts'
import { scopeOf } from '../ledger/drafts.ts'
import type { MigrationRow } from '../ledger/migrations.ts'
import type { LineParts } from '../line.ts'
import { createMarkup } from '../markup.ts'
import { projectsInScope } from '../plan/in-scope.ts'
import type { Originals } from '../routes/originals-service.ts'
import { listRows } from '../snapshot/listing.ts'
import { type Lookup, openLookup } from '../snapshot/lookup.ts'
import { openSnapshot } from '../snapshot/read.ts'
import { viewHistory, viewOriginal } from './view.ts'

/** The converter of markup weighs 100 MB; it goes after so long without a question, and comes back with the next. */
const idleMs = 60_000

/** Answers from the snapshots of the agent's folder. A snapshot is held open no longer than an answer takes. */
export function createOriginals(
  parts: Pick<LineParts, 'ledger' | 'folder'>,
  options: { idleMs?: number } = {},
): Originals {
  let markup: ReturnType<typeof createMarkup> | null = null
  let idle: NodeJS.Timeout | undefined
  let busy = 0

  const rest = async () => {
    const old = markup
    markup = null
    await old?.close()
  }
  async function withSnapshot<T>(
    { id }: MigrationRow,
    none: T,
    answer: (lookup: Lookup) => T | Promise<T>,
  ): Promise<T> {
    const path = join(parts.folder.snapshots, `${id}.sqlite`)
    if (!existsSync(path)) return none
    const lookup = openLookup(path)
    clearTimeout(idle)
    busy += 1
    try {
      return await answer(lookup)
    } finally {
      lookup.close()
      busy -= 1
      if (busy === 0 && markup) {
        idle = setTimeout(() => void rest(), options.idleMs ?? idleMs)
        idle.unref()
      }
    }
  }

  /** The snapshot, which the caller closes. Whether it is whole and of this format is the reader's to say. */
  function opened({ id }: MigrationRow) {
    const path = join(parts.folder.snapshots, `${id}.sqlite`)
    if (!existsSync(path)) throw notRead()
    return { path, snapshot: openSnapshot(path) }
  }

  return {
    original: (migration, issueKey) =>
      withSnapshot(migration, null, (lookup) => {
        markup ??= createMarkup()
        return viewOriginal(parts.ledger.db, migration, lookup, issueKey, markup.toAdf)
      }),
    history: (migration, issueKey, after, limit) =>
      withSnapshot(migration, { changes: [], next: null }, (lookup) =>
        viewHistory(lookup, issueKey, after, limit),
      ),
    rows(row, question) {
      const { path, snapshot } = opened(row)
      snapshot.close()
      return listRows(path, question)
    },
    naming(row, key) {
      const { path, snapshot } = opened(row)
      const { projects, ...scope } = scopeOf(row)
      const inScope = projectsInScope(snapshot, { projects, scope })
      const projectIds = Array.from(inScope, ({ id }) => id)
      snapshot.close()
      const lookup = openLookup(path)
      const who = lookup.person(key)
      lookup.close()
      return { who, naming: { key, projectIds } }
    },
    note(row, n) {
      const { snapshot } = opened(row)
      try {
        const note = snapshot.notes().find((one) => one.n === n)
        if (note) return note.text
      } finally {
        snapshot.close()
      }
      throw new Problem('not-found', 'This reading has no such note, or none of its rows.', {
        hint: 'It may have been read anew since: open the list from its number once more.',
      })
    },
    async counted(row, entity, after, limit, signal) {
      const { snapshot } = opened(row)
      const known = snapshot.entityCounts().find((one) => one.entity === entity)
      snapshot.close()
      if (known?.treatment === 'secret')
        throw new Problem(
          'not-now',
          `Rows of ${entity} hold passwords or keys: they are never shown.`,
          {
            hint: 'Whoever needs one of them looks into the backup itself.',
          },
        )
      if (!known)
        throw new Problem('not-found', `This source has no rows of the name ${entity}.`, {
          hint: 'Open the list from the number that it stands behind.',
        })
      return countedRows(row, entity, after, limit, signal)
    },
    async close() {
      clearTimeout(idle)
      await rest()
    },
  }
}

const notRead = () =>
  new Problem('not-now', 'What the source holds is known once it has been read.', {
    hint: 'Open the step Inspection, or ask the checks; both read the source.',
  })
