import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'

type InputType = 'text' | 'url' | 'email' | 'password' | 'search'
interface TextFieldProps {
  label: string
  hint: string
  value: string
  wrong?: string | null
  type?: InputType
  list?: string[]
  onInput: (value: string) => void
  /** Comes after the click that left the field: what it shows must not move the button from under it. */
  onLeave?: () => void
}

/** Longer than a hand holds a button down. Milliseconds. */
const afterClickMs = 250

/** One line of text with its hint, or with what is wrong with it. */
export function TextField(props: TextFieldProps) {
  const { label, hint, value, wrong = null, type = 'text', list, onInput, onLeave } = props
  const id = useId()
  const leaving = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(leaving.current), [])
  const leave = () => {
    clearTimeout(leaving.current)
    if (onLeave) leaving.current = setTimeout(onLeave, afterClickMs)
  }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        // The typings want each type of input written out; all of them take the same attributes.
        type={type as 'text'}
        // A password field would otherwise be offered the passwords of the browser.
        autocomplete={type === 'password' ? 'new-password' : 'off'}
        spellcheck={false}
        dir="auto"
        list={list === undefined ? undefined : `${id}l`}
        value={value}
        aria-describedby={`${id}h`}
        aria-invalid={wrong !== null}
        onInput={(event) => onInput(event.currentTarget.value)}
        onBlur={leave}
      />
      {list !== undefined && (
        <datalist id={`${id}l`}>
          {list.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
      <span id={`${id}h`} class={wrong === null ? 'quiet' : 'wrong'}>
        {wrong ?? hint}
      </span>
    </div>
  )
}

interface ChoicesProps<T extends string> {
  legend: string
  name: string
  value: T | null
  choices: readonly (readonly [value: T, title: ComponentChildren, text?: ComponentChildren])[]
  onPick: (value: T) => void
}

/** One of several, as radio buttons with a sentence each. */
export function Choices<T extends string>(props: ChoicesProps<T>) {
  const { legend, name, value, choices, onPick } = props
  return (
    <fieldset class="stack tight">
      <legend>{legend}</legend>
      {choices.map(([choice, title, text]) => (
        <label class="choice" key={choice}>
          <input
            type="radio"
            name={name}
            checked={value === choice}
            onChange={() => onPick(choice)}
          />
          <span class="grow">
            {title}
            {text !== undefined && <span class="quiet line">{text}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

interface TickProps {
  children: ComponentChildren
  on: boolean
  /** Why it cannot be changed, shown beside it; null or absent = it can. */
  whyNot?: string | null
  onChange: (on: boolean) => void
}

/** Yes or no. */
export function Tick({ children, on, whyNot = null, onChange }: TickProps) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={on}
        // Not "disabled": the keyboard gets there and hears why.
        aria-disabled={whyNot !== null}
        onClick={(event) => whyNot !== null && event.preventDefault()}
        onChange={(event) => whyNot === null && onChange(event.currentTarget.checked)}
      />
      <span class="grow">
        {children}
        {whyNot !== null && <span class="quiet line">{whyNot}</span>}
      </span>
    </label>
  )
}

/** Fields that do nothing as things are; why, they say themselves. */
export function Idle({ why, children }: { why: string | null; children: ComponentChildren }) {
  const id = useId()
  return (
    <fieldset
      class="stack"
      disabled={why !== null}
      aria-describedby={why === null ? undefined : id}
    >
      {why !== null && (
        <p id={id} class="quiet">
          {why}
        </p>
      )}
      {children}
    </fieldset>
  )
}

interface SelectProps<T extends string> {
  label: string
  value: T
  choices: readonly (readonly [value: T, words: string])[]
  /** The label is there for readers only: what stands beside it says the same. */
  quiet?: boolean
  onPick: (value: T) => void
}

/** One of several, in a line. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { label, value, choices, quiet = false, onPick } = props
  const id = useId()
  return (
    <div class="field">
      <label for={id} class={quiet ? 'hidden' : ''}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const picked = choices.find(([choice]) => choice === event.currentTarget.value)
          if (picked) onPick(picked[0])
        }}
      >
        {choices.map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}

interface FileButtonProps {
  label: string
  hint: string
  accept: string
  onFile: (file: File) => void
}

/** A file of this machine; the same one may be picked again after it was corrected. */
export function FileButton({ label, hint, accept, onFile }: FileButtonProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="file"
        accept={accept}
        aria-describedby={`${id}h`}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) onFile(file)
        }}
      />
      <span id={`${id}h`} class="quiet">
        {hint}
      </span>
    </div>
  )
}
