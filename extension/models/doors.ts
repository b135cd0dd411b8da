import { createModel, effect, signal } from '@preact/signals'
import { currentWindow, openOptions, openSidePanel, openTab } from '../platform.ts'

/** The ways from the popup to the other pages. */
export const DoorsModel = createModel(() => {
  // Asked for beforehand: the side panel must open within the click, with no waiting in between.
  const windowId = signal<number | null>(null)
  effect(() => {
    void currentWindow().then((id) => {
      windowId.value = id
    })
  })
  return {
    openPanel: () => {
      void openSidePanel(windowId.value, '#/')
    },
    openTab: (hash: string) => {
      void openTab(hash)
    },
    openOptions: () => {
      void openOptions()
    },
  }
})
export type DoorsModel = InstanceType<typeof DoorsModel>
