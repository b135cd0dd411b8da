import { createModel, effect, type ReadonlySignal, signal } from '@preact/signals'
import { onPreferencesChange, type Preferences, readPreferences } from '../settings.ts'

/** Below this a table becomes cards; the same number stands in list.css. */
const narrowQuery = '(max-width: 799px)'

/** How much room there is, and how closely a person wants it filled. */
export const MediaModel = createModel(() => {
  const query = matchMedia(narrowQuery)
  const narrow = signal(query.matches)
  const density = signal<Preferences['density']>('roomy')
  effect(() => {
    const listener = () => {
      narrow.value = query.matches
    }
    query.addEventListener('change', listener)
    return () => query.removeEventListener('change', listener)
  })
  effect(() => {
    const take = (known: Preferences) => {
      density.value = known.density
    }
    void readPreferences().then(take)
    return onPreferencesChange(take)
  })
  return {
    narrow: narrow as ReadonlySignal<boolean>,
    density: density as ReadonlySignal<Preferences['density']>,
  }
})
