import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { OriginalView } from '../../../shared/api-pages.ts'
import type { OverlayModel } from '../../models/overlay.ts'
import type { IssueModel } from '../../models/overlay-issue.ts'
import { count } from '../../words.ts'
import { Name, Said } from '../said.tsx'
import { LinkActions } from './actions.tsx'
import { Adf, isSafe } from './adf.tsx'
import { Made } from './made.tsx'
import { issueWords } from './words.ts'

type Held = NonNullable<OriginalView['original']>

/** What the source held: text, fields, comments and worklogs with who wrote them and when, links to the old server. */
export function Original({ issue, model }: { issue: IssueModel; model: OverlayModel }) {
  const view = issue.original.value
  if (view === null) return <p class="quiet">{issueWords.asking}</p>
  const held = view.original
  if (held === null) return <p>{issueWords.noOriginal}</p>
  return (
    <>
      <p class="summary">
        <Name text={held.summary} />
      </p>
      <Description held={held} />
      <Group title={issueWords.fields} shown={held.fields.length} of={held.fields.length}>
        <dl>
          {held.fields.map(({ name, value }) => (
            <>
              <dt>
                <Name text={name} />
              </dt>
              <Said as="dd" text={value} />
            </>
          ))}
        </dl>
      </Group>
      <OldLinks links={held.oldLinks}>
        <LinkActions model={model} issue={view.issueKey} links={held.oldLinks} />
      </OldLinks>
      <Group title={issueWords.comments} shown={held.comments.length} of={held.commentsCount}>
        <ul>
          {held.comments.map((one) => (
            <li>
              <p>
                <Made {...one} />
              </p>
              {one.restrictedTo !== null && (
                <p class="quiet">
                  {issueWords.onlyFor} <Name text={one.restrictedTo} />
                </p>
              )}
              <Said text={one.body} />
            </li>
          ))}
        </ul>
      </Group>
      <Group title={issueWords.worklogs} shown={held.worklogs.length} of={held.worklogsCount}>
        <ul>
          {held.worklogs.map((one) => (
            <li>
              <p>
                <Made {...one} /> {issueWords.spent(one.seconds)}
              </p>
              {one.comment !== '' && <Said text={one.comment} />}
            </li>
          ))}
        </ul>
      </Group>
    </>
  )
}

/** As it reads, or as it was written. */
function Description({ held }: { held: Held }) {
  const written = useSignal(held.description === null)
  if (held.descriptionText === null) return <p class="quiet">{issueWords.noDescription}</p>
  return (
    <section class="group">
      <h3>
        {issueWords.description}{' '}
        {held.description !== null && (
          <button
            type="button"
            class="link"
            aria-pressed={written.value}
            onClick={() => {
              written.value = !written.value
            }}
          >
            {issueWords.asWritten}
          </button>
        )}
      </h3>
      {written.value || held.description === null ? (
        <Said as="pre" text={held.descriptionText} />
      ) : (
        <Adf doc={held.description} />
      )}
    </section>
  )
}

/** Each link of the texts to the old server, and where the same thing is now. */
function OldLinks({ links, children }: { links: Held['oldLinks']; children: ComponentChildren }) {
  return (
    <Group title={issueWords.oldLinks} shown={links.length} of={links.length}>
      <ul>
        {links.map(({ old, url, label }) => (
          <li>
            <Said text={old} />
            {url !== null && isSafe(url) ? (
              <p>
                {issueWords.isNow}{' '}
                <a href={url} target="_blank" rel="noopener noreferrer">
                  <Name text={label} />
                </a>
              </p>
            ) : (
              <p>{issueWords.notMoved}</p>
            )}
          </li>
        ))}
      </ul>
      {children}
    </Group>
  )
}

interface GroupProps {
  title: string
  shown: number
  of: number
  children: ComponentChildren
}

/** A part with its title and how many there are; nothing where there are none. */
export function Group({ title, shown, of, children }: GroupProps) {
  if (of === 0) return null
  return (
    <section class="group">
      <h3>
        {title} <span class="n">{count(of)}</span>
      </h3>
      {children}
      {of > shown && <p class="quiet">{issueWords.only(count(shown), count(of))}</p>}
    </section>
  )
}
