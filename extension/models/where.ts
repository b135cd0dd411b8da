import { createModel, effect, type ReadonlySignal, signal } from '@preact/signals'
import { fromHash, type Place, toHash } from './place.ts'

/** Goes to another place; a step of the history. */
export const openPlace = (to: Place): void => {
  location.hash = toHash(to)
}

/** The address as a signal, and the way to go elsewhere. */
export const PlaceModel = createModel(() => {
  const place = signal<Place>(fromHash(location.hash))
  effect(() => {
    const listener = () => {
      place.value = fromHash(location.hash)
    }
    addEventListener('hashchange', listener)
    return () => removeEventListener('hashchange', listener)
  })
  return {
    place: place as ReadonlySignal<Place>,
    go: (to: Place) => {
      location.hash = toHash(to)
    },
    /** The same place seen otherwise (searched, sorted): no step of the history. */
    turn: (to: Place) => {
      history.replaceState(history.state, '', toHash(to))
      place.value = to
    },
  }
})
export type PlaceModel = InstanceType<typeof PlaceModel>
