import type { CheckStatus } from '../../shared/api-checks.ts'
import { checkWords } from '../words-checks.ts'
import { Shape } from './marks.tsx'

/** The worst first. */
export const checkOrder: CheckStatus[] = ['error', 'incomplete', 'warning', 'pending', 'success']

const shapes = {
  success: ['tick', 'verified'],
  warning: ['warning', 'different'],
  error: ['cross', 'failed'],
  incomplete: ['clock', 'leftOut'],
  pending: ['dots', ''],
} as const satisfies Record<CheckStatus, readonly [string, string]>

/** Shape and word of a check's status, its meaning on hover. */
export function CheckLabel({
  status,
  meanings = checkWords.meanings,
}: {
  status: CheckStatus
  meanings?: Record<CheckStatus, string>
}) {
  const [shape, kind] = shapes[status]
  return (
    <span class="verdict" title={meanings[status]}>
      <Shape shape={shape} kind={kind} /> {checkWords.statuses[status]}
    </span>
  )
}
