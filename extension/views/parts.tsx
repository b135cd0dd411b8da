import { useSignal } from '@preact/signals'
import { type ComponentChildren, Fragment } from 'preact'
import { useId } from 'preact/hooks'
import type { ProblemView } from '../../shared/problem.ts'
import { startPort } from '../models/migrations.ts'
import { agentWords } from '../words.ts'
import { generalWords } from '../words-acts.ts'
import { Explain } from './explain.tsx'
import { ago, exact, middle } from './format.ts'
import { useOldAnswer } from './old-answers.ts'

interface ButtonProps {
  children: ComponentChildren
  onClick: () => void
  /** Why it cannot be pressed; it stays focusable and says so. */
  whyNot?: string | null
  look?: 'main' | 'danger' | 'small' | ''
  type?: 'button' | 'submit'
}

/** A button that, when it cannot be pressed, says why instead of going dead. */
export function Button({
  children,
  onClick,
  whyNot = null,
  look = '',
  type = 'button',
}: ButtonProps) {
  const id = useId()
  return (
    <>
      <button
        type={type}
        class={`button ${look} ${whyNot === null ? '' : 'why-not'}`}
        data-tip={whyNot ?? undefined}
        aria-disabled={whyNot !== null}
        aria-describedby={whyNot === null ? undefined : id}
        title={whyNot ?? undefined}
        onClick={() => whyNot === null && onClick()}
      >
        {children}
      </button>
      {whyNot !== null && (
        <span id={id} class="hidden">
          {whyNot}
        </span>
      )}
    </>
  )
}

/** What went wrong, why, and what to do now. */
export function ProblemBox({ problem, onRetry }: { problem: ProblemView; onRetry?: () => void }) {
  return (
    <div class="box bad" role="alert">
      <strong>{problem.sentence}</strong>
      <span>{problem.hint}</span>
      <div class="bar">
        {onRetry && (
          <Button look="small" onClick={onRetry}>
            {generalWords.retry}
          </Button>
        )}
        <details class="quiet">
          <summary>{generalWords.details}</summary>
          <code>{problem.code}</code> <Explain code={problem.code} of={problem.code} look="link" />
        </details>
      </div>
    </div>
  )
}

interface TroubleProps {
  problem: ProblemView | null
  /** When the answer came that stands below, epoch ms; undefined: it says its age itself; null: there is none. */
  at?: number | null | undefined
  onRetry?: () => void
}

/**
 * What went wrong with a question. That the agent is away is said by the dock, for all that stands on the page at
 * once: a box for each answer would push the answer down, and up again when the agent is back.
 */
export function Trouble({ problem, at, onRetry }: TroubleProps) {
  const stands = problem?.code === 'agent-away' && at !== null
  const docked = useOldAnswer(stands, at ?? null)
  if (problem === null || (stands && docked)) return null
  return onRetry ? (
    <ProblemBox problem={problem} onRetry={onRetry} />
  ) : (
    <ProblemBox problem={problem} />
  )
}

/** Nothing here yet: what will be, and the one action that fills it. */
export function Empty({ title, text, children }: EmptyProps) {
  return (
    <div class="box">
      <strong>{title}</strong>
      <span>{text}</span>
      {children && <div class="bar">{children}</div>}
    </div>
  )
}
interface EmptyProps {
  title: string
  text: string
  children?: ComponentChildren
}

/** Rows that are being fetched for the first time. */
export function Skeleton({ rows = 3 }: { rows?: number }) {
  return (
    <div class="stack" role="status" aria-label={generalWords.loading}>
      {Array.from({ length: rows }, (_, i) => (
        <div class="skeleton" key={i} />
      ))}
    </div>
  )
}

/**
 * A path, or a file's name, read from left to right as its system does: each part stands by itself, so that
 * letters that run the other way turn nothing but themselves.
 */
export function PathText({ path, most = 70 }: { path: string; most?: number }) {
  return (
    <bdi dir="ltr" title={path}>
      {middle(path, most)
        .split(/([/\\])/)
        .map((part, i) => (i % 2 === 1 ? part : <bdi dir="ltr">{part}</bdi>))}
    </bdi>
  )
}

/** A relative time with the exact one, and its zone, on hover. */
export function When({ at, now }: { at: number; now: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={exact(at)}>
      {ago(at, now)}
    </time>
  )
}

/**
 * The one command that starts the agent again where it is missed, with a button that copies it.
 * @param address of the agent; null = not known yet
 */
export function StartCommand({ address }: { address: string | null }) {
  const copied = useSignal(false)
  const command = agentWords.startCommand(startPort(address))
  const copy = () =>
    navigator.clipboard.writeText(command).then(() => {
      copied.value = true
    })
  return (
    <div class="command">
      <code>
        {command.split(' ').map((word, i) => (
          // A line ends between words, never at a hyphen of one.
          <Fragment key={word}>
            {i > 0 && ' '}
            <span>{word}</span>
          </Fragment>
        ))}
      </code>
      <Button look="small" onClick={() => void copy()}>
        {copied.value ? generalWords.copied : generalWords.copy}
      </Button>
    </div>
  )
}
