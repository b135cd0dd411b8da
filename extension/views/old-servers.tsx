import { useModel, useSignal } from '@preact/signals'
import { OldServersModel } from '../models/old-servers.ts'
import { oldServerWords as words } from '../words-old-servers.ts'
import { ProblemBox } from './parts.tsx'

/** The options about pages of an old server: its addresses, one more, and one less. */
export function OldServersPart() {
  const model = useModel(OldServersModel)
  const typed = useSignal('')
  const wrong = model.wrong.value
  // Nothing may be awaited before the browser is asked, or it no longer counts as a click.
  const add = async () => {
    if (await model.add(typed.value)) typed.value = ''
  }
  return (
    <fieldset class="card stack tight">
      <legend>{words.title}</legend>
      <p class="quiet">{words.hint}</p>
      {model.problem.value && <ProblemBox problem={model.problem.value} />}
      {model.all.value.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <ul class="stack tight">
          {model.all.value.map((address) => (
            <li key={address} class="bar">
              <span class="grow">{address}</span>
              <button
                type="button"
                class="button"
                aria-label={words.remove(address)}
                onClick={() => void model.remove(address)}
              >
                {words.removeShort}
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        class="stack tight"
        onSubmit={(event) => {
          event.preventDefault()
          void add()
        }}
      >
        <div class="field">
          <label for="old-server">{words.label}</label>
          <input
            id="old-server"
            type="url"
            placeholder={words.example}
            value={typed.value}
            aria-invalid={wrong !== null}
            aria-describedby={wrong === null ? undefined : 'old-server-wrong'}
            onInput={(event) => {
              typed.value = event.currentTarget.value
            }}
          />
        </div>
        {wrong !== null && (
          <p id="old-server-wrong" class="wrong" role="alert">
            {wrong}
          </p>
        )}
        <p role="status">{model.refused.value ? words.refused : ''}</p>
        <div>
          <button type="submit" class="button">
            {words.add}
          </button>
        </div>
      </form>
    </fieldset>
  )
}
