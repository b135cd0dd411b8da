/** A small seeded random generator (mulberry32), so that a failing seed can be run again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** What damaged, hand-edited and half-exported backups hold in the wrong places. */
const strange = [
  '',
  'x'.repeat(300),
  'ä😀 \u202e rtl',
  'a&#10;b',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '99999999',
  '-1',
  '0018-09-04 11:24:00.0',
  'null',
  '[~admin] {code}x',
  '{quote}a|b||c!x.png!',
]

/**
 * The same backup with rows gone, rows twice, and values gone or replaced: still well-formed XML, no
 * longer a consistent database. Ids stay, since a row without one is another test.
 */
export function damage(xml: string, seed: number): string {
  const random = seeded(seed)
  const start = xml.indexOf('<entity-engine-xml')
  return (
    xml.slice(0, start) +
    xml.slice(start).replace(/<[A-Z]\w+ [^<>]*\/>/g, (row) => {
      const chance = random()
      if (chance < 0.06) return ''
      if (chance < 0.08) return `${row}\n${row}`
      return row.replace(/ (\w+)="([^"]*)"/g, (whole, name: string) => {
        const luck = random()
        if (name === 'id' || luck >= 0.02) return whole
        return luck < 0.01 ? '' : ` ${name}="${strange[Math.floor(random() * strange.length)]}"`
      })
    })
  )
}
