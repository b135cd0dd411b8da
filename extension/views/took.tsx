import { isStranger } from '../../shared/api-strangers.ts'
import { dependentsOf, type Finding, type FindingLists } from '../models/findings.ts'
import { detailWords } from '../words.ts'
import { findingWords } from '../words-checks.ts'
import { strangerWords } from '../words-strangers.ts'

/** How much a cause took down, by itself and with that: each number leads to its items. */
export function Took({ finding, behind }: { finding: Finding; behind: FindingLists }) {
  const { items, kind, verdict } = finding
  const needing = dependentsOf(finding)
  return (
    <>
      {isStranger(finding) ? strangerWords.took : findingWords.took[verdict]}{' '}
      {items > 0 && (
        <a href={behind.own}>
          <strong>{detailWords.affected(items, kind)}</strong>
        </a>
      )}
      {items > 0 && needing > 0 && `${findingWords.and} `}
      {needing > 0 && (
        <a href={behind.needing}>
          <strong>{findingWords.needing(needing, items)}</strong>
        </a>
      )}
    </>
  )
}
