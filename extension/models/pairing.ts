import { createModel, signal } from '@preact/signals'
import * as v from 'valibot'
import { PairBody } from '../../shared/api-pairing.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { viewOf } from '../problems.ts'
import { readAgent } from '../settings.ts'
import { call } from '../sync/calls.ts'
import { problemWords } from '../words-problems.ts'

/** Exchanges the code that a person typed for the agent's trust. */
export const PairingModel = createModel(() => {
  const code = signal('')
  const busy = signal(false)
  const problem = signal<ProblemView | null>(null)

  async function pair(): Promise<void> {
    const parsed = v.safeParse(PairBody.entries.code, code.value)
    if (!parsed.success) {
      const sentence = parsed.issues[0].message
      const hint = problemWords.wrongCode
      problem.value = { code: 'usage', sentence, hint, again: false }
      return
    }
    busy.value = true
    problem.value = null
    try {
      const { address } = await readAgent()
      await call('pair', { address, code: parsed.output.toUpperCase() })
      code.value = ''
    } catch (error) {
      problem.value = viewOf(error)
    } finally {
      busy.value = false
    }
  }
  return {
    code,
    busy,
    problem,
    submit: () => {
      void pair()
    },
  }
})
export type PairingModel = InstanceType<typeof PairingModel>
