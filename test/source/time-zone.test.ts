import { describe, expect, test } from 'vitest'
import {
  checkedZone,
  fixedZone,
  votes,
  wallClock,
  zoneFromClock,
} from '../../agent/source/backup/time-zone.ts'

describe('the time zone of a backup', () => {
  test.each([
    // The words of real headers, with the epoch of their root.
    ['Monday, February 9, 2015 12:01:52 PM CET', 1423479712604, 'Europe/Berlin'],
    ['Tuesday, 2 January 2018 2:29:12 PM AEDT', 1514863752821, 'Australia/Sydney'],
    ['2021年7月8日 星期四 上午10时57分24秒 CST', Date.UTC(2021, 6, 8, 2, 57, 25), 'Asia/Shanghai'],
    [
      'Friday, January 29, 2021 10:30:00 AM CST',
      Date.UTC(2021, 0, 29, 16, 30, 2),
      'America/Chicago',
    ],
    ['mercredi 3 mars 2021 00:10:00 XYZ', Date.UTC(2021, 2, 2, 18, 40, 1), 'UTC+05:30'],
    ['Monday, 1 March 2021 12:30:00 AM', Date.UTC(2021, 2, 1, 8, 30, 0), 'UTC-08:00'],
    ['2 March 2021 1:00:00 AM NZDT', Date.UTC(2021, 2, 1, 12, 0, 0), 'Pacific/Auckland'],
  ])('of "%s" comes from the two clocks', (text, epoch, zone) => {
    expect(zoneFromClock(text, epoch)).toBe(zone)
  })

  test('says nothing when there is no clock in the text', () => {
    expect(zoneFromClock('gestern', 0)).toBeNull()
  })

  test('is what most pairs of a wall clock and an epoch agree on', () => {
    const ballot = votes()
    for (let i = 0; i < 10; i++) ballot.add(i * 86_400_000 + 8 * 3_600_000 + i, i * 86_400_000)
    for (let i = 0; i < 4; i++) ballot.add(i * 86_400_000 + 1_234_567 * i, 0)
    expect(ballot.result()).toBe('UTC+08:00')
  })

  test('is not guessed from one pair, or from pairs that disagree', () => {
    const ballot = votes()
    ballot.add(3_600_000, 0)
    expect(ballot.result()).toBeNull()
    for (let hour = 2; hour < 12; hour++) ballot.add(hour * 3_600_000, 0)
    expect(ballot.result()).toBeNull()
  })

  test('can be said by a person, who is told when it is none', () => {
    expect(checkedZone(' Europe/Paris ')).toBe('Europe/Paris')
    expect(checkedZone('UTC-03:30')).toBe('UTC-03:30')
    expect(() => checkedZone('Mars/Olympus')).toThrow('is not a time zone')
  })

  test('wall clocks have one to nine digits of a second, or none', () => {
    expect(wallClock('2008-01-07 16:24:54.23')).toBe(Date.UTC(2008, 0, 7, 16, 24, 54, 230))
    expect(wallClock('2008-01-07 16:24:54.123456789')).toBe(Date.UTC(2008, 0, 7, 16, 24, 54, 123))
    expect(wallClock('2008-01-07 16:24:54')).toBe(Date.UTC(2008, 0, 7, 16, 24, 54))
    expect(wallClock('yesterday')).toBeNull()
    expect(wallClock(null)).toBeNull()
    expect(fixedZone(-12_600_000)).toBe('UTC-03:30')
  })
})
