import { useModel } from '@preact/signals'
import { RepairsMadeModel } from '../models/repairs-made.ts'
import { itemsWords } from '../words.ts'
import { repairWords as words } from '../words-repair.ts'
import { Button, Trouble } from './parts.tsx'
import { Made } from './repair.tsx'

/** All repairs of a migration, folded away; nothing where there are none. */
export function RepairsMade({ id, changed }: { id: string; changed: number }) {
  // Asked anew with each change of the migration, as a repair is one.
  return <List key={changed} id={id} />
}

function List({ id }: { id: string }) {
  const model = useModel(() => {
    const made = new RepairsMadeModel(id)
    made.load()
    return made
  })
  const repairs = model.repairs.value
  const problem = model.problem.value
  if (!repairs?.length)
    return problem ? <Trouble problem={problem} at={null} onRetry={model.load} /> : null
  const more = model.next.value !== null
  return (
    <details>
      <summary>{words.made(`${repairs.length}${more ? '+' : ''}`)}</summary>
      <Trouble problem={problem} onRetry={model.more} />
      <ul class="stack tight">
        {repairs.map((one) => (
          <Made key={one.n} one={one} whyNot={null} onUndo={null} />
        ))}
      </ul>
      {more && (
        <Button look="small" onClick={model.more}>
          {itemsWords.next}
        </Button>
      )}
    </details>
  )
}
