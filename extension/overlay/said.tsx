import { useSignal } from '@preact/signals'
import { count } from '../words.ts'
import { overlayWords } from './words.ts'

/** So much of a text is shown at first, and at most, in characters: one of a megabyte would hold up the page. */
const atFirst = 4_000
const atMost = 50_000
/** Names are told in so many characters. */
const nameMost = 300

/** A text from Jira as it was written, in its own direction, never as markup. */
export function Said({ text, as: Tag = 'p' }: { text: string; as?: 'p' | 'dd' | 'pre' }) {
  const more = useSignal(false)
  const shown = text.slice(0, more.value ? atMost : atFirst).toWellFormed()
  const rest = text.length - shown.length
  return (
    <Tag class="said">
      {shown}
      {rest > 0 && (
        <span class="quiet">
          {' … '}
          {overlayWords.notShown(count(rest))}{' '}
          {!more.value && (
            <button
              type="button"
              class="link"
              onClick={() => {
                more.value = true
              }}
            >
              {overlayWords.showMore}
            </button>
          )}
        </span>
      )}
    </Tag>
  )
}

/** A name from Jira, in its own direction among our words. */
export function Name({ text }: { text: string }) {
  return <bdi>{text.length > nameMost ? `${text.slice(0, nameMost).toWellFormed()}…` : text}</bdi>
}
