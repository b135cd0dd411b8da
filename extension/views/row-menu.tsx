import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { MigrationView } from '../../shared/api.ts'
import { menuOf, rowHindrance } from '../models/row-deeds.ts'
import { type RowDeed, rowDeedWords, tableWords } from '../words-list.ts'
import { deedWord } from '../words-status.ts'

export interface OpenMenu {
  row: MigrationView
  button: HTMLElement
}

interface RowMenuProps extends OpenMenu {
  agentHere: boolean
  onDeed: (row: MigrationView, deed: RowDeed) => void
  onClose: () => void
}

/** The menu of one row: arrows, Home, End and letters move, Escape closes, what cannot be done says why. */
export function RowMenu({ row, button, agentHere, onDeed, onClose }: RowMenuProps) {
  const menu = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (menu.current) place(menu.current, button)
    itemsOf(menu.current)[0]?.focus({ preventScroll: true })
  }, [row.id])
  useEffect(() => {
    const away = (event: Event) => {
      const at = event.target
      if (at instanceof Node && (menu.current?.contains(at) || button.contains(at))) return
      onClose()
    }
    addEventListener('pointerdown', away, true)
    addEventListener('scroll', onClose, { passive: true })
    addEventListener('resize', onClose)
    return () => {
      removeEventListener('pointerdown', away, true)
      removeEventListener('scroll', onClose)
      removeEventListener('resize', onClose)
    }
  }, [row.id])
  const leave = () => {
    onClose()
    button.focus({ preventScroll: true })
  }
  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      tabIndex={-1}
      aria-label={tableWords.actions(row.name)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Tab') {
          event.preventDefault()
          leave()
        } else if (move(menu.current, event.key)) event.preventDefault()
      }}
    >
      {menuOf(row).flatMap((group, i) => [
        ...(i === 0 ? [] : [<hr key={`line ${group[0]}`} />]),
        ...group.map((deed) => {
          const why = rowHindrance(row, deed, agentHere)
          return (
            <button
              key={deed}
              type="button"
              role="menuitem"
              tabIndex={-1}
              class={deed === 'delete' ? 'danger' : ''}
              aria-disabled={why !== null}
              title={why ?? undefined}
              onClick={() => {
                if (why !== null) return
                leave()
                onDeed(row, deed)
              }}
            >
              {deed === 'run' ? deedWord(row, deed, row.startedAt !== null) : rowDeedWords[deed]}
              {why !== null && <span class="quiet">{why}</span>}
            </button>
          )
        }),
      ])}
    </div>
  )
}

const itemsOf = (menu: HTMLElement | null): HTMLElement[] =>
  menu === null ? [] : [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')]

/** Moves the focus as a menu does; false for keys that mean nothing here. */
function move(menu: HTMLElement | null, key: string): boolean {
  const items = itemsOf(menu)
  const at = items.indexOf(document.activeElement as HTMLElement)
  const steps: Record<string, number> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }
  const letter = key.length === 1 ? key.toLocaleLowerCase() : ''
  const named = [...items.slice(at + 1), ...items.slice(0, at + 1)].find(
    (item) => letter.trim() !== '' && item.textContent?.toLocaleLowerCase().startsWith(letter),
  )
  const next = key in steps ? items[steps[key] ?? 0] : named
  next?.focus({ preventScroll: true })
  return next !== undefined
}

/** Under its button, or above where there is no room; never out of the window. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect()
  const { width, height } = menu.getBoundingClientRect()
  const below = at.bottom + height + 8 <= innerHeight
  const top = below ? at.bottom + 4 : Math.max(8, at.top - height - 4)
  const left = Math.max(8, Math.min(at.right - width, innerWidth - width - 8))
  Object.assign(menu.style, { top: `${top}px`, left: `${left}px` })
}
