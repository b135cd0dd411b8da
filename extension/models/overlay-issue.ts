import { createModel, signal } from '@preact/signals'
import type { HistoryPage, OriginalView } from '../../shared/api-pages.ts'
import type { ProblemView } from '../../shared/problem.ts'
import type { Sight } from '../overlay/issue/sight.ts'
import { isAlive } from '../platform.ts'
import { extensionUpdated, viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'
import type { AtSite } from '../sync/overlay-calls.ts'

export const issueTabs = ['differences', 'original', 'history', 'files'] as const
export type IssueTab = (typeof issueTabs)[number]

/** Tells what the login in the page sees of an issue, null where there is no page; never rejects. */
export type LookAtIssue = (issue: string) => Promise<Sight | null>

/** What the source held of one issue: asked for when a tab first needs it, and then kept. */
export const IssueModel = createModel((issue: string, at: AtSite, look: LookAtIssue) => {
  const sight = signal<Sight | null>(null)
  const tab = signal<IssueTab>('differences')
  const original = signal<OriginalView | null>(null)
  const changes = signal<HistoryPage['changes']>([])
  /** The page of the history to ask for next; undefined: none was asked for yet, null: that was all. */
  const next = signal<number | null | undefined>(undefined)
  const busy = signal(false)
  const problem = signal<ProblemView | null>(null)

  async function load(what: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    problem.value = null
    try {
      await what()
    } catch (error) {
      problem.value = isAlive() ? viewOf(error) : extensionUpdated()
    } finally {
      busy.value = false
    }
  }
  const loadOriginal = () =>
    load(async () => {
      original.value ??= await call('original', { issue, ...at })
    })
  const loadHistory = () =>
    load(async () => {
      if (next.value === null) return
      const page = await call('history', { issue, after: next.value ?? null, ...at })
      changes.value = [...changes.value, ...page.changes]
      next.value = page.next
    })
  /** What the tab needs and does not have yet. */
  const need = () => {
    if (tab.value === 'history') {
      if (next.value === undefined) void loadHistory()
    } else if (tab.value !== 'differences') void loadOriginal()
  }

  return {
    /** null: not asked, or not answered yet. */
    sight,
    lookAtSite: () => {
      void look(issue).then((seen) => {
        sight.value = seen
      })
    },
    tab,
    original,
    changes,
    next,
    busy,
    problem,
    show: (chosen: IssueTab) => {
      tab.value = chosen
      problem.value = null
      need()
    },
    again: need,
    more: () => {
      void loadHistory()
    },
  }
})
export type IssueModel = InstanceType<typeof IssueModel>
