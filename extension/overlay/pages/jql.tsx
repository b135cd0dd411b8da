import { useSignal } from '@preact/signals'
import type { PageJqlView } from '../../../shared/api-pages.ts'
import { pageWords } from './words.ts'

const words = pageWords.jql

/** Names with "(migrated)", their twins, and the search with those, to be copied. */
export function JqlBody({ view }: { view: PageJqlView }) {
  const said = useSignal('')
  if (view.names.length === 0) return null
  const copy = async (jql: string) => {
    try {
      await navigator.clipboard.writeText(jql)
      said.value = words.copied
    } catch {
      said.value = words.notCopied
    }
  }
  return (
    <section class="group" data-testid="landfall-jql">
      <p>{words.why}</p>
      <ul>
        {view.names.map(({ name, twin, kind }) => (
          <li key={`${kind} ${name}`}>
            <p>
              <span class="quiet">{kind}</span> <bdi>{name}</bdi>
            </p>
            <p class="quiet">{twin === null ? words.noTwin : <bdi>{words.twin(twin)}</bdi>}</p>
          </li>
        ))}
      </ul>
      {view.rewritten !== null && (
        <>
          <h3>{words.rewritten}</h3>
          <pre>{view.rewritten}</pre>
          <p>
            <button type="button" onClick={() => void copy(view.rewritten ?? '')}>
              {words.copy}
            </button>{' '}
            <span role="status">{said.value}</span>
          </p>
        </>
      )}
    </section>
  )
}
