import { useModel } from '@preact/signals'
import { HereModel } from '../models/here.ts'
import { toHash } from '../models/place.ts'
import { Actions, Answer } from '../overlay/answer.tsx'
import { Shade } from '../overlay/shade.tsx'
import { overlayWords, subjectName } from '../overlay/words.ts'
import { hereWords } from '../words-overlay.ts'
import { Empty } from './parts.tsx'

/** What is known of the page in front, as the drawer over it would say it. */
export function Here() {
  const { overlay, elsewhere } = useModel(HereModel)
  const subject = overlay.subject.value
  return (
    <section class="stack narrow">
      <a href={toHash({ at: 'list', archived: false })}>{hereWords.back}</a>
      <h1 tabIndex={-1}>{subject ? overlayWords.title(subjectName(subject)) : hereWords.title}</h1>
      {elsewhere.value ? (
        <Empty title={hereWords.nothing} text={hereWords.nothingText} />
      ) : (
        <Shade>
          {/* In the drawer its own title stands here: the headings below belong to it. */}
          <h2 class="hidden">{hereWords.answer}</h2>
          <Answer model={overlay} />
          <footer>
            <Actions model={overlay} />
          </footer>
        </Shade>
      )}
    </section>
  )
}

/** At the top of the list: the page in front, and what is known of it in two words. */
export function HereBar() {
  const { overlay, elsewhere } = useModel(HereModel)
  const subject = overlay.subject.value
  if (elsewhere.value || subject === null) return null
  return (
    <a class="box here-bar" href={toHash({ at: 'here' })}>
      <span>{hereWords.bar(subjectName(subject))}</span>
      <strong>{overlay.pill.value?.words ?? ''}</strong>
    </a>
  )
}
