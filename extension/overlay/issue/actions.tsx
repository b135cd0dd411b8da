import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { VerdictView } from '../../../shared/api.ts'
import type { OriginalView } from '../../../shared/api-pages.ts'
import { mayRepair } from '../../../shared/repair.ts'
import type { OverlayModel } from '../../models/overlay.ts'
import { repairWords } from '../../words-repair.ts'
import { RepairPanel } from '../repair/panel.tsx'

/** What can be done about an issue, at the bottom of the drawer. */
export function IssueActions({ model, view }: { model: OverlayModel; view: VerdictView }) {
  const items = view.items.filter(mayRepair).map((one) => one.seq)
  return <Repair model={model} migration={view.migration?.id} items={items} />
}

export type OriginalFile = NonNullable<OriginalView['original']>['files'][number]

/** What can be done about one file that is missing or different, beside it. */
export function FileActions({
  model,
  file,
}: {
  model: OverlayModel
  issue: string
  file: OriginalFile
}) {
  const answer = model.answer.value
  const view = answer?.state === 'issue' ? answer.view : null
  const faulty = file.seq !== null && (file.verdict === 'failed' || file.verdict === 'different')
  const items = faulty && file.seq !== null ? [file.seq] : []
  return (
    <Repair
      model={model}
      migration={view?.migration?.id}
      items={items}
      words={repairWords.attach}
    />
  )
}

interface RepairProps {
  model: OverlayModel
  migration: string | undefined
  items: number[]
  words?: string
}

/** A button that leads to the preview of a repair; nothing where nothing can be tried. */
function Repair({ model, migration, items, words = repairWords.open }: RepairProps) {
  const open = useSignal(false)
  const chosen = useSignal<number[]>([])
  const button = useRef<HTMLButtonElement>(null)
  const before = useRef(false)
  const opened = open.value
  useEffect(() => {
    // Focus comes back to where it went in.
    if (before.current && !opened) button.current?.focus()
    before.current = opened
  }, [opened])
  if (opened && migration !== undefined)
    return (
      <RepairPanel
        id={migration}
        items={chosen.value}
        {...model.at()}
        onClose={(changed) => {
          open.value = false
          if (changed) model.again()
        }}
      />
    )
  if (migration === undefined || items.length === 0 || model.orphaned.value) return null
  return (
    <button
      type="button"
      ref={button}
      onClick={() => {
        chosen.value = items
        open.value = true
      }}
    >
      {words}
    </button>
  )
}
