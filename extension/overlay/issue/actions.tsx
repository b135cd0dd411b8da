import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { VerdictView } from '../../../shared/api.ts'
import type { OriginalView } from '../../../shared/api-pages.ts'
import { mayRepair } from '../../../shared/repair.ts'
import type { OverlayModel } from '../../models/overlay.ts'
import { itemsWithLinks } from '../../models/repair-links.ts'
import { repairWords } from '../../words-repair.ts'
import { RepairPanel } from '../repair/panel.tsx'

/** What can be done about an issue, at the bottom of the drawer. */
export function IssueActions({ model, view }: { model: OverlayModel; view: VerdictView }) {
  const items = view.items.filter(mayRepair).map((one) => one.seq)
  return <Repair model={model} migration={view.migration?.id} items={items} />
}

/** Leads to the preview of what becomes of the issue's links to the old server; nothing where none has a new place. */
export function LinkActions({
  model,
  issue,
  links,
}: {
  model: OverlayModel
  issue: string
  links: Held['oldLinks']
}) {
  const answer = model.answer.value
  const id = answer?.state === 'issue' ? answer.view.migration?.id : undefined
  if (id === undefined || !links.some(({ url }) => url !== null)) return null
  return (
    <Repair
      model={model}
      migration={id}
      items={() => itemsWithLinks({ id, issues: [issue], ...model.at() })}
      words={repairWords.links}
    />
  )
}

type Held = NonNullable<OriginalView['original']>
export type OriginalFile = Held['files'][number]

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
  /** Those that are known, or how they are found out. */
  items: number[] | (() => Promise<number[]>)
  words?: string
}

/** A button that leads to the preview of a repair; nothing where nothing can be tried. */
function Repair({ model, migration, items, words = repairWords.open }: RepairProps) {
  const open = useSignal(false)
  const chosen = useSignal<RepairProps['items']>([])
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
        items={async () => (Array.isArray(chosen.value) ? chosen.value : chosen.value())}
        {...model.at()}
        onClose={(changed) => {
          open.value = false
          if (changed) model.again()
        }}
      />
    )
  const none = Array.isArray(items) && items.length === 0
  if (migration === undefined || none || model.orphaned.value) return null
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
