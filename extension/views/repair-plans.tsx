import type { RepairPart, RepairPlan } from '../../shared/api-repair.ts'
import { kindWords } from '../words.ts'
import { repairWords as words } from '../words-repair.ts'
import { exact } from './format.ts'

/** What a repair would do about each item: before and after, side by side. */
export function Plans({ plans }: { plans: RepairPlan[] }) {
  // Of many the first few are open: a person reads some of them and trusts the rest, or does not.
  const open = plans.length <= 3
  return (
    <ul class="stack tight">
      {plans.map((plan) => (
        <li key={plan.seq} class="row item">
          <details open={open || plan.chance === 'changed'}>
            <summary class="wrap">
              <span class="quiet">{kindWords[plan.kind][0]}</span> <bdi>{plan.label}</bdi>:{' '}
              <strong>{words.outlook(plan)}</strong>
            </summary>
            <div class="stack tight">
              {plan.why && <p class="wrap">{plan.why}</p>}
              {plan.parts.map((part) => (
                <Part key={part.field} part={part} />
              ))}
            </div>
          </details>
        </li>
      ))}
    </ul>
  )
}

/** Whether a text may be higher than its box: then it is reached, and scrolled, by keyboard. */
const scrolls = (text: string) => text.length > 200 || text.split('\n').length > 8

/** Before and after; where a person changed it, all three: source, as migrated, now. */
function Part({ part }: { part: RepairPart }) {
  const { field, act, source, migrated, now, after, why, changed } = part
  const sides: [string, string][] = changed
    ? [
        [words.source, source],
        [words.migrated, migrated],
        [words.now, now],
      ]
    : [
        [words.now, now],
        [after === null ? words.source : words.after, after ?? source],
      ]
  return (
    <div class="stack tight">
      <span>
        <strong>{field}</strong>
        {after !== null && act !== null && ` ${words.acts[act]}.`}
        {changed &&
          ` ${words.changedBy(changed.who, changed.at === null ? null : exact(changed.at))}`}
      </span>
      <div class="sides">
        {sides.map(([label, text]) => (
          <div key={label}>
            <span class="quiet">{label}</span>
            <p class="quote" dir="auto" tabIndex={scrolls(text) ? 0 : undefined}>
              {text || words.empty}
            </p>
          </div>
        ))}
      </div>
      {why && <span class="quiet wrap">{why}</span>}
    </div>
  )
}
