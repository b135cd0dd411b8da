import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'

interface TabsProps<T extends string> {
  all: readonly T[]
  chosen: T
  words: Record<T, string>
  label: string
  onChoose: (tab: T) => void
  children: ComponentChildren
}

/** Tabs as the ARIA practices have them: one stop for the keyboard, arrows, Home and End choose. */
export function Tabs<T extends string>(props: TabsProps<T>) {
  const { all, chosen, words, label, onChoose, children } = props
  const list = useRef<HTMLDivElement>(null)
  const at = all.indexOf(chosen)
  const go = (index: number) => {
    const next = (index + all.length) % all.length
    const tab = all[next]
    if (tab === undefined) return
    onChoose(tab)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus()
  }
  const steps: Record<string, () => void> = {
    ArrowRight: () => go(at + 1),
    ArrowLeft: () => go(at - 1),
    Home: () => go(0),
    End: () => go(all.length - 1),
  }
  return (
    <>
      <div
        role="tablist"
        aria-label={label}
        ref={list}
        onKeyDown={(event) => {
          const step = steps[event.key]
          if (!step) return
          event.preventDefault()
          step()
        }}
      >
        {all.map((tab) => (
          <button
            type="button"
            role="tab"
            key={tab}
            id={`tab-${tab}`}
            aria-selected={tab === chosen}
            aria-controls="tab-panel"
            tabIndex={tab === chosen ? 0 : -1}
            onClick={() => onChoose(tab)}
          >
            {words[tab]}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="tab-panel" class="tab" aria-labelledby={`tab-${chosen}`}>
        {children}
      </div>
    </>
  )
}
