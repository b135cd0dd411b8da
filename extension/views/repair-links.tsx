import { useModel, useSignal } from '@preact/signals'
import { SiteModel } from '../models/repair-items.ts'
import { itemsWithLinks } from '../models/repair-links.ts'
import { repairWords as words } from '../words-repair.ts'
import { Button } from './parts.tsx'
import { RepairBox } from './repair.tsx'

/** Leads to the preview of what becomes of the links of these issues to the old server. */
export function LinkRepair({ id, issues, many }: { id: string; issues: string[]; many?: boolean }) {
  const open = useSignal(false)
  const site = useModel(() => new SiteModel(id)).site.value
  const keys = [...new Set(issues)]
  if (keys.length === 0) return null
  if (open.value)
    return (
      <RepairBox
        id={id}
        site={site}
        items={() => itemsWithLinks({ id, issues: keys })}
        total={0}
        agentHere
        onClose={() => {
          open.value = false
        }}
      />
    )
  return (
    <span>
      <Button
        look="small"
        onClick={() => {
          open.value = true
        }}
      >
        {many ? words.theseLinks : words.links}
        {!many && <span class="hidden"> {keys[0]}</span>}
      </Button>
    </span>
  )
}
