import type { ComponentChildren, RefObject } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { type LogLine, logLevels } from '../../shared/api.ts'
import { logWords } from '../words-watch.ts'
import { exact, timeOfDay } from './format.ts'
import { Button } from './parts.tsx'
import { useSight } from './sight.ts'

/** Height of a line in px, as watch.css draws it. */
export const lineHeight = 20

type Level = LogLine['level']

interface LogToolsProps {
  /** What is searched, for those who cannot see where the field stands. */
  label: string
  hint: string
  text: string
  level: Level
  paused: boolean
  onText: (text: string) => void
  onLevel: (level: Level) => void
  onPause: (paused: boolean) => void
}

/** Search, level and pause of a log. */
export function LogTools(props: LogToolsProps) {
  const { label, hint, text, level, paused, onText, onLevel, onPause } = props
  const id = useId()
  return (
    <div class="bar tools">
      <div class="field search">
        <label for={id} class="hidden">
          {label}
        </label>
        <input
          id={id}
          type="search"
          maxLength={200}
          placeholder={hint}
          value={text}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      </div>
      <span class="bar">
        <label for={`${id}l`} class="quiet">
          {logWords.level}
        </label>
        <select
          id={`${id}l`}
          value={level}
          onChange={(event) => {
            const picked = logLevels.find((one) => one === event.currentTarget.value)
            if (picked) onLevel(picked)
          }}
        >
          {logLevels.map((one) => (
            <option key={one} value={one}>
              {logWords.levels[one]}
            </option>
          ))}
        </select>
      </span>
      <Button onClick={() => onPause(!paused)}>{paused ? logWords.goOn : logWords.pause}</Button>
    </div>
  )
}

interface LogLinesProps {
  box: RefObject<HTMLElement | null>
  label: string
  /** No higher than its lines need. */
  short?: boolean
  total: number
  /** The lines in sight with their place. */
  lines: { index: number; level: Level | null; content: ComponentChildren }[]
  onSee: (from: number, to: number) => void
  onScroll?: (box: HTMLElement) => void
}

/** The lines of a log in a box of its own: as high as all of them, with those in sight only. */
export function LogLines(props: LogLinesProps) {
  const { box, label, short = false, total, lines, onSee, onScroll } = props
  const list = useRef<HTMLOListElement>(null)
  useSight(list, total, lineHeight, onSee, box)
  return (
    <section
      ref={box}
      class={`log-box ${short ? 'short' : ''}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      aria-label={label}
      onScroll={(event) => onScroll?.(event.currentTarget)}
    >
      <ol ref={list} class="log-lines" style={{ height: `${total * lineHeight}px` }}>
        {lines.map(({ index, level, content }) => (
          <li
            key={index}
            class={level ?? ''}
            aria-setsize={total}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${index * lineHeight}px)` }}
          >
            {content}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** How a line begins: its time, exact on hover, and its level in a column of its own. */
export function LineHead({ at, level }: { at: number; level: Level }) {
  return (
    <>
      <time title={exact(at)} dateTime={new Date(at).toISOString()}>
        {timeOfDay(at)}
      </time>{' '}
      {level.toUpperCase().padEnd(5)}{' '}
    </>
  )
}
