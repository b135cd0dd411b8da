import { helpLink } from '../models/place.ts'
import { helpWords } from '../words-help.ts'

interface ExplainProps {
  /** The code of the problem, finding or check. */
  code: string
  /** What it explains, for those who hear the link without seeing where it stands. */
  of: string
  look?: 'button' | 'link'
}

/** The way to what the troubleshooting guide says of a code. */
export function Explain({ code, of, look = 'button' }: ExplainProps) {
  return (
    <a class={look === 'button' ? 'button small' : ''} {...helpLink(code)}>
      {helpWords.explain}
      <span class="hidden"> {of}</span>
    </a>
  )
}
