import { computed, createModel, signal } from '@preact/signals'
import type { MarksView } from '../../shared/api-pages.ts'
import type { Sight } from '../overlay/issue/sight.ts'
import { type Pill, pillOf } from '../overlay/pill.ts'
import { subjectOf } from '../overlay/place.ts'
import { isAlive } from '../platform.ts'
import { extensionUpdated, viewOf } from '../problems.ts'
import type { PillPlace } from '../settings.ts'
import { call } from '../sync/calls.ts'
import type { OverlayAnswer, Subject } from '../sync/overlay-calls.ts'
import { type ItemsAsk, itemsHash } from './place.ts'

export interface OverlayOptions {
  /** Only in our own pages: the origin that the address has, which the background then believes. */
  names?: boolean
  /**
   * The keys of the issues that the page lists, for pages about nothing or about more than one issue.
   * Waits until the page has drawn them; rejects never.
   */
  collect?: (address: URL, subject: Subject | null) => Promise<string[]>
  /** Only in a page of the site: what the login there sees of an issue. */
  look?: (issue: string) => Promise<Sight>
}

/** What the overlay knows of the screen: its subject, the answer to it, and whether the drawer is open. */
export const OverlayModel = createModel((options: OverlayOptions = {}) => {
  const address = signal<URL | null>(null)
  const subject = signal<Subject | null>(null)
  const answer = signal<OverlayAnswer | null>(null)
  const marks = signal<MarksView['marks']>([])
  const pillAt = signal<PillPlace>('bottom right')
  const open = signal(false)
  const asking = signal(false)
  /** The extension behind this script is gone (updated, switched off): only a reload helps. */
  const orphaned = signal(false)
  /** Rises with each screen, so that an answer that comes after the person went on is dropped. */
  let screen = 0

  const at = () => (options.names && address.value ? { site: address.value.origin } : {})

  /** One message for each screen, marks and all. */
  async function ask(): Promise<void> {
    screen += 1
    const own = screen
    const about = subject.value
    const where = address.value
    asking.value = true
    try {
      const keys = where && options.collect ? await options.collect(where, about) : []
      if (own !== screen || (about === null && keys.length === 0)) return
      const got = await call('screen', { subject: about, keys, ...at() })
      if (own !== screen) return
      answer.value = got.answer
      marks.value = got.marks
      pillAt.value = got.pillAt
    } catch (error) {
      if (own !== screen) return
      orphaned.value = !isAlive()
      const problem = orphaned.value ? extensionUpdated() : viewOf(error)
      answer.value = { state: 'problem', problem }
    } finally {
      if (own === screen) asking.value = false
    }
  }

  /** Opens a place of the dashboard; where that cannot be asked for any more, it says why. */
  function goTo(hash: string): void {
    call('openMigration', { hash }).catch((error: unknown) => {
      orphaned.value = !isAlive()
      answer.value = {
        state: 'problem',
        problem: orphaned.value ? extensionUpdated() : viewOf(error),
      }
    })
  }

  return {
    address,
    subject,
    answer,
    marks,
    pillAt,
    open,
    asking,
    orphaned,
    pill: computed<Pill | null>(() => (answer.value === null ? null : pillOf(answer.value))),
    /** Part of every question about this screen: the site, where only we can tell it. */
    at,
    look: (issue: string) => options.look?.(issue) ?? Promise.resolve(null),
    /** The page shows this address now; null: none that can be read. */
    visit: (next: URL | null) => {
      const about = next && subjectOf(next)
      const same =
        JSON.stringify(about) === JSON.stringify(subject.value) &&
        next?.origin === address.value?.origin &&
        (about !== null || next?.pathname === address.value?.pathname)
      address.value = next
      if (same) return
      subject.value = about
      answer.value = null
      marks.value = []
      open.value = false
      void ask()
    },
    again: () => {
      void ask()
    },
    /** The person came back to the page: an update meanwhile is said, but not over what is being read. */
    cameBack: () => {
      if (orphaned.value || open.value || answer.value === null || isAlive()) return
      orphaned.value = true
      answer.value = { state: 'problem', problem: extensionUpdated() }
    },
    /** Opens the drawer, or closes it; where there is nothing to show, nothing happens. */
    toggle: () => {
      open.value = !open.value
    },
    openMigration: (id: string) => goTo(`#/m/${encodeURIComponent(id)}`),
    /** Opens the list of the dashboard behind a number. */
    openItems: (id: string, which: ItemsAsk) => goTo(itemsHash(id, which)),
  }
})
export type OverlayModel = InstanceType<typeof OverlayModel>
