import type { MigrationDetail } from '../../shared/api.ts'
import { type Verdict, verdicts } from '../../shared/status.ts'
import { toHash } from '../models/place.ts'
import { detailWords } from '../words.ts'
import { VerdictLabel } from './marks.tsx'
import { Empty } from './parts.tsx'

/** Worst first, for equal sizes. */
const weight = (verdict: Verdict): number => verdicts.indexOf(verdict)
const tone: Record<Verdict, string> = {
  verified: 'good',
  different: 'warn',
  leftOut: '',
  failed: 'bad',
}

/** What needs a person, grouped by cause, the biggest first. */
export function Attention({ detail }: { detail: MigrationDetail }) {
  const { id } = detail.migration
  const findings = detail.findings.toSorted(
    (a, b) => b.items - a.items || weight(b.verdict) - weight(a.verdict),
  )
  if (findings.length === 0)
    return <Empty title={detailWords.noFindings} text={detailWords.noFindingsText} />
  return (
    <ul class="stack">
      {findings.map(({ code, kind, verdict, text, hint, items }) => (
        <li key={`${code} ${kind} ${verdict} ${text}`} class={`box ${tone[verdict]}`}>
          <div class="bar">
            <VerdictLabel verdict={verdict} />
            <span class="push">{detailWords.affected(items, kind)}</span>
          </div>
          <strong>
            <bdi>{text}</bdi>
          </strong>
          <span>{hint}</span>
          <a href={toHash({ at: 'items', id, kind, verdict, project: null, after: null })}>
            {detailWords.showItems}
            <span class="hidden"> {text}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
