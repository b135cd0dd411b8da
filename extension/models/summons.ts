import { createModel, effect } from '@preact/signals'
import { onLocalChange, readLocal, summonsKey, writeLocal } from '../platform.ts'

/** Goes to the place for which the side panel was opened, or which it is asked for while it is open. */
export const SummonsModel = createModel(() => {
  const follow = (hash: unknown) => {
    if (typeof hash !== 'string' || !hash.startsWith('#/')) return
    location.hash = hash
    void writeLocal(summonsKey, undefined)
  }
  effect(() => {
    void readLocal(summonsKey).then(follow)
    return onLocalChange(summonsKey, follow)
  })
  return {}
})
