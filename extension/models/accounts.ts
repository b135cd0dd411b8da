import { createModel, signal } from '@preact/signals'
import type { AccountsView } from '../../shared/api-setup-views.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'
import { onOpen } from './opening.ts'

/** Typing goes on; the site is asked when it rests. One letter finds half of its people. */
const restMs = 300
const leastLetters = 2

/** Looks for accounts of the site while somebody types a name or an address. */
export const AccountsModel = createModel((id: string) => {
  const words = signal('')
  /** null: nothing was asked yet. */
  const found = signal<AccountsView['accounts'] | null>(null)
  const asking = signal(false)
  const problem = signal<ProblemView | null>(null)
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(mine: number): Promise<void> {
    try {
      const { accounts } = await call('accounts', { id, words: words.value.trim() })
      if (mine === asked) found.value = accounts
    } catch (error) {
      if (mine === asked) problem.value = viewOf(error)
    } finally {
      if (mine === asked) asking.value = false
    }
  }
  onOpen(() => () => {
    asked += 1
    clearTimeout(timer)
  })
  return {
    words,
    found,
    asking,
    problem,
    lookFor: (typed: string) => {
      words.value = typed
      problem.value = null
      asked += 1
      const mine = asked
      clearTimeout(timer)
      asking.value = typed.trim().length >= leastLetters
      if (asking.value) timer = setTimeout(() => void ask(mine), restMs)
      else found.value = null
    },
  }
})
