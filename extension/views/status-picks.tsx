import type { CheckStatus } from '../../shared/api-checks.ts'
import { checkWords } from '../words-checks.ts'
import { CheckLabel, checkOrder } from './check-label.tsx'

interface StatusPicksProps {
  checks: readonly { status: CheckStatus }[]
  /** Only those of this status are shown; null: all. */
  only: CheckStatus | null
  onOnly: (status: CheckStatus | null) => void
  meanings?: Record<CheckStatus, string>
}

/** How many checks have each status, the worst first; each number leads to its checks, and back to all. */
export function StatusPicks({ checks, only, onOnly, meanings }: StatusPicksProps) {
  return (
    <span class="numbers">
      {checkOrder.map((status) => {
        const n = checks.filter((one) => one.status === status).length
        return (
          n > 0 && (
            <button
              key={status}
              type="button"
              class="pick"
              aria-pressed={only === status}
              title={only === status ? checkWords.showAll : checkWords.only(status)}
              onClick={() => onOnly(only === status ? null : status)}
            >
              {n} <CheckLabel status={status} {...(meanings ? { meanings } : {})} />
            </button>
          )
        )
      })}
    </span>
  )
}
