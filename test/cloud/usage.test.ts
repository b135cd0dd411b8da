import { expect, test } from 'vitest'
import { withUsage } from '../../agent/cloud/usage.ts'
import { createFakeClock } from './fake-clock.ts'
import { answer, request, script } from './requests.ts'

const never = new AbortController().signal

test('the share of the rate limit is that of the fullest endpoint since it was last asked', async () => {
  const clock = createFakeClock()
  const { send, share } = withUsage(script(answer(200)), clock)
  const comment = '/rest/api/3/issue/PAY-1/comment'
  for (let i = 0; i < 100; i++) await send(request('POST', comment), never)
  // The site counts by endpoint, whatever the issue, and allows half as many changes as creations.
  for (let i = 0; i < 60; i++) await send(request('PUT', `/rest/api/3/issue/PAY-${i}`), never)
  await clock.wait(2_000, never)
  expect(share()).toBeCloseTo(0.6)
  await clock.wait(2_000, never)
  expect(share()).toBe(0)
  // A moment is no rate: few requests at once are not taken for many a second.
  await send(request('GET', '/rest/api/3/myself'), never)
  expect(share()).toBeCloseTo(0.01)
})
