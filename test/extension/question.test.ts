// First: the cache looks for IndexedDB while it is loaded.
import 'fake-indexeddb/auto'
import { createModel } from '@preact/signals'
import { expect, test, vi } from 'vitest'
import { question } from '../../extension/models/question.ts'
import { AgentProblem, agentAway } from '../../extension/problems.ts'
import { closing } from '../support/closing.ts'

/** What is answered when the test says so. */
const later = () => Promise.withResolvers<string>()
const refusal = () =>
  new AgentProblem({ code: 'not-now', sentence: 'It runs.', hint: 'Wait.', again: false })
const opened = (look: () => Promise<string>, ways: Parameters<typeof question<string>>[1] = {}) =>
  closing(new (createModel(() => question(look, ways)))())

test('a refusal is read, though something else was asked while the deed was under way', async () => {
  using asked = opened(async () => 'as it was')
  const deed = later()
  const done = asked.act(() => deed.promise)
  expect(await asked.look()).toBe('as it was')
  expect(asked.problem.value).toBeNull()
  deed.reject(refusal())
  expect(await done).toBeNull()
  expect(asked.problem.value?.sentence).toBe('It runs.')
  expect(asked.answer.value).toBe('as it was')
  await asked.look()
  expect(asked.problem.value).toBeNull()
})

test('nothing is asked by itself while a deed is under way', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const look = vi.fn(async (): Promise<string> => {
      throw agentAway('http://127.0.0.1:1', null)
    })
    using asked = opened(look)
    await asked.look()
    expect(asked.problem.value?.code).toBe('agent-away')
    await vi.advanceTimersByTimeAsync(2_100)
    expect(look).toHaveBeenCalledTimes(2)
    const deed = later()
    const done = asked.act(() => deed.promise)
    await vi.advanceTimersByTimeAsync(2_100)
    expect(look).toHaveBeenCalledTimes(2)
    deed.reject(refusal())
    await done
    expect(asked.problem.value?.sentence).toBe('It runs.')
  } finally {
    vi.useRealTimers()
  }
})

test('a refusal of what is no longer asked for is not shown with what is', async () => {
  using asked = opened(async () => 'the other')
  const deed = later()
  const done = asked.act(() => deed.promise)
  asked.forget()
  deed.reject(refusal())
  await done
  await asked.look()
  expect(asked.problem.value).toBeNull()
})

test('an answer that cannot be kept is shown all the same', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const full = () => Promise.reject(new Error('QuotaExceededError'))
  using asked = opened(async () => 'here', { kept: { read: full, write: full } })
  expect(await asked.look()).toBe('here')
  await vi.waitFor(() => expect(warned).toHaveBeenCalledTimes(2))
  expect(asked.answer.value).toBe('here')
  expect(asked.problem.value).toBeNull()
  warned.mockRestore()
})
