import { effect, untracked } from '@preact/signals'

/**
 * Does it when the model is made and, with what it gives back, ends it when the model goes.
 * Unlike a plain effect it is not done again when a signal that it read changes.
 */
export const onOpen = (work: () => undefined | (() => void)): void => {
  effect(() => untracked(work))
}
