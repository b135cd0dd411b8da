/** Times, durations and rates in words. */

const units = { s: 's', min: 'min', h: 'h', d: 'd' } as const
type Unit = keyof typeof units

/** 12 min; with the smaller unit 12 min 40 s. */
export const durationWords = (n: number, unit: Unit, rest = 0, smaller: Unit = 's'): string =>
  rest === 0 ? `${n} ${units[unit]}` : `${n} ${units[unit]} ${rest} ${units[smaller]}`

export const agoWords = {
  now: 'just now',
  ago: (n: number, unit: Unit) => `${n} ${units[unit]} ago`,
}
export const leftWords = {
  soon: 'less than a minute left',
  about: (n: number, unit: Unit) => `about ${n} ${units[unit]} left`,
  range: (best: number, worst: number, unit: Unit) => `${best} to ${worst} ${units[unit]} left`,
}
export const rateWords = (n: string, unit: Unit): string => `${n}/${units[unit]}`
/** 41,203 of 58,910 */
export const ofWords = (done: string, total: string): string => `${done} of ${total}`
