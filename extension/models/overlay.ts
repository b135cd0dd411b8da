import { computed, createModel, signal } from '@preact/signals'
import { type Pill, pillOf } from '../overlay/pill.ts'
import { subjectOf } from '../overlay/place.ts'
import { call, type OverlayAnswer, type Subject } from '../sync/calls.ts'

/** What the overlay knows of the screen: its subject, the answer to it, and whether the drawer is open. */
export const OverlayModel = createModel(() => {
  const subject = signal<Subject | null>(null)
  const answer = signal<OverlayAnswer | null>(null)
  const open = signal(false)
  const asking = signal(false)

  /** One message for each screen; an answer that comes after the person went on is dropped. */
  async function ask(about: Subject): Promise<void> {
    asking.value = true
    try {
      const got = await call('verdict', about)
      if (subject.value === about) answer.value = got
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error)
      if (subject.value === about) answer.value = { state: 'away', sentence }
    } finally {
      if (subject.value === about) asking.value = false
    }
  }

  return {
    subject,
    answer,
    open,
    asking,
    pill: computed<Pill | null>(() => (answer.value === null ? null : pillOf(answer.value))),
    /** The page shows this address now. */
    visit: (address: URL) => {
      const next = subjectOf(address)
      if (JSON.stringify(next) === JSON.stringify(subject.value)) return
      subject.value = next
      answer.value = null
      open.value = false
      if (next) void ask(next)
    },
    again: () => {
      if (subject.value) void ask(subject.value)
    },
    openMigration: (id: string) => {
      void call('openMigration', { hash: `#/m/${encodeURIComponent(id)}` })
    },
  }
})
export type OverlayModel = InstanceType<typeof OverlayModel>
