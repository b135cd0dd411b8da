import type { HeldPerson } from '../../../shared/held.ts'
import type { Context } from '../context.ts'

/** The source's own names of what its issues are described with, by id: what another program keeps. */
export interface OwnNames {
  types: ReadonlyMap<string, string>
  statuses: ReadonlyMap<string, string>
  priorities: ReadonlyMap<string, string>
  resolutions: ReadonlyMap<string, string>
  roles: ReadonlyMap<string, string>
}

const known = new WeakMap<Context, OwnNames>()

/** Some hundred names, read once for a plan. */
export function ownNames(context: Context): OwnNames {
  const there = known.get(context)
  if (there) return there
  const of = (table: 'issueType' | 'status' | 'priority' | 'resolution' | 'role') =>
    new Map([...context.snapshot.rows(table)].map((row) => [row.id, row.name.trim()]))
  const names = {
    types: of('issueType'),
    statuses: of('status'),
    priorities: of('priority'),
    resolutions: of('resolution'),
    roles: of('role'),
  }
  known.set(context, names)
  return names
}

export function heldPerson({ people }: Context, reference: string | null): HeldPerson | null {
  const person = people.of(reference)
  return person && { name: person.displayName, accountId: person.accountId }
}
