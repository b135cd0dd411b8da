import type { ProjectVerdictView } from '../../../shared/api.ts'
import type { Pill } from '../pill.ts'
import { overlayWords } from '../words.ts'

/** The share verified, with the shape of the worst that happened. */
export function projectPill(view: ProjectVerdictView): Pill {
  if (view.migration === null || view.project === null)
    return { shape: 'dash', words: overlayWords.unknown }
  const { source, verified, verifiedWithLoss, different, failed } = view.project.totals
  // 100 is said only when it is so.
  const words = overlayWords.share(source === 0 ? 0 : Math.floor((100 * verified) / source))
  if (failed > 0) return { shape: 'cross', words }
  if (different > 0) return { shape: 'notEqual', words }
  if (verified < source) return { shape: 'dots', words }
  return { shape: verifiedWithLoss > 0 ? 'tickDot' : 'tick', words }
}
