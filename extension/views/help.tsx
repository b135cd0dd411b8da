import { useEffect, useId, useRef } from 'preact/hooks'
import { troubles, troublesOf } from '../../shared/help/all.ts'
import { findTroubles } from '../../shared/help/find.ts'
import { type Trouble, troubleGroups } from '../../shared/help/trouble.ts'
import { helpHash, toHash } from '../models/place.ts'
import type { PlaceModel } from '../models/where.ts'
import { helpWords as words } from '../words-help.ts'
import { Empty } from './parts.tsx'

interface HelpProps {
  code: string | null
  /** What is searched for; '' = nothing. */
  ask: string
  where: PlaceModel
}

/** The troubleshooting guide: one explanation by its code, or all of them, searched. It asks no agent. */
export function Help({ code, ask, where }: HelpProps) {
  return (
    <article class="stack help">
      <a href={code === null ? toHash({ at: 'list', archived: false }) : helpHash()}>
        ‹ {code === null ? words.back : words.all}
      </a>
      {code === null ? <Guide ask={ask} where={where} /> : <One code={code} />}
    </article>
  )
}

function One({ code }: { code: string }) {
  const found = troublesOf(code)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [code])
  if (found.length === 0)
    return (
      <>
        <h1 ref={title} tabIndex={-1}>
          {words.title}
        </h1>
        <Empty title={words.unknown(code)} text={words.noneText} />
      </>
    )
  return (
    <>
      {found.map((one, i) => (
        <section class="stack" key={one.code}>
          {i === 0 ? (
            <h1 ref={title} tabIndex={-1}>
              {one.title}
            </h1>
          ) : (
            <h2>{one.title}</h2>
          )}
          <Explanation of={one} heading={i === 0 ? 'h2' : 'h3'} />
        </section>
      ))}
    </>
  )
}

function Guide({ ask, where }: { ask: string; where: PlaceModel }) {
  const id = useId()
  const found = findTroubles(ask)
  const searching = ask.trim() !== ''
  return (
    <>
      <h1 tabIndex={-1}>{words.title}</h1>
      <p class="quiet">{words.intro}</p>
      <div class="field">
        <label for={id}>{words.search}</label>
        <input
          id={id}
          type="search"
          spellcheck={false}
          aria-describedby={`${id}h`}
          value={ask}
          onInput={(event) => {
            where.turn({ at: 'help', code: null, ask: event.currentTarget.value })
          }}
        />
        <span class="quiet" id={`${id}h`}>
          {words.searchHint}
        </span>
      </div>
      <p class="quiet" role="status">
        {searching ? words.found(found.length) : ''}
      </p>
      {searching ? (
        found.length === 0 ? (
          <Empty title={words.none} text={words.noneText} />
        ) : (
          <Entries of={found} heading="h2" open={found.length <= 2} />
        )
      ) : (
        troubleGroups.map((group) => (
          <section class="stack tight" key={group}>
            <h2>{words.groups[group]}</h2>
            <Entries of={troubles[group]} heading="h3" open={false} />
          </section>
        ))
      )}
    </>
  )
}

interface EntriesProps {
  of: readonly Trouble[]
  /** Of the parts of an entry: one below the heading that they stand under. */
  heading: 'h2' | 'h3'
  open: boolean
}

function Entries({ of, heading, open }: EntriesProps) {
  return (
    <ul>
      {of.map((one) => (
        <li key={one.code}>
          <details open={open}>
            <summary>{one.title}</summary>
            <Explanation of={one} heading={heading} />
          </details>
        </li>
      ))}
    </ul>
  )
}

function Explanation({ of, heading: H }: { of: Trouble; heading: 'h2' | 'h3' }) {
  return (
    <div class="stack tight explained">
      <H>{words.happened}</H>
      <p>{of.happened}</p>
      <H>{words.why}</H>
      <p>{of.why}</p>
      <H>{words.mend}</H>
      <ol class="points">
        {of.mend.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ol>
      <p>{words.again[of.again]}</p>
      <p class="quiet wrap">
        {words.codes}{' '}
        {[of.code, ...(of.also ?? [])].map((code) => (
          <code key={code}>[{code}] </code>
        ))}
      </p>
    </div>
  )
}
