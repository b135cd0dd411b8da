import { Name } from '../said.tsx'
import { issueWords } from './words.ts'

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** "7 Jan 2008, 16:24", as the source's own clock showed it; a text that is no such moment stays as it is. */
export function moment(iso: string): string {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?/.exec(iso)
  if (!found) return iso.slice(0, 40)
  const [, year, month, day, clock] = found
  return `${Number(day)} ${months[Number(month) - 1] ?? month} ${year}${clock ? `, ${clock}` : ''}`
}

/** Who made it at the source, and when. */
export function Made({ author, at }: { author: string | null; at: string | null }) {
  return (
    <>
      <strong>
        <Name text={author ?? issueWords.nobody} />
      </strong>
      {at !== null && (
        <>
          {' '}
          <time class="quiet" dateTime={at} title={at}>
            {moment(at)}
          </time>
        </>
      )}
    </>
  )
}
