import { Problem } from '../../../shared/problem.ts'
import { dropIllegal } from './bytes.ts'
import { Cursor } from './cursor.ts'
import { type Attr, type EntityPlan, type Known, known } from './plan.ts'

/**
 * A scanner for one dialect of XML: a root, one level of rows, a row's values as attributes or as child
 * elements. Bytes go in as they come, whole rows come out; a row that a chunk cuts is looked at again
 * when it is whole. Only values of wanted columns are decoded, everything is checked for its form.
 */
export interface ScanHandler {
  /** The root's start tag. */
  root(name: string, attributes: Map<string, string>): void
  /** A comment outside of rows, without its marks. */
  comment(text: string): void
  /** Asked once for each entity name; null = count its rows only. */
  plan(entity: string): EntityPlan | null
}

export interface Scanner {
  /** Takes ownership of the chunk's memory. Throws a Problem source-unreadable with entity and line. */
  write(chunk: Buffer): void
  /** Throws a Problem source-truncated when the root is still open. */
  end(): void
  rows(): number
  illegal(): number
  /** Rows found of each entity, in the order of the file. */
  counts(): Map<string, number>
}

/** Beyond this a row is no row of Jira's, whose longest value seen is 1.4 MB. */
const LONGEST_ROW = 512 * 1024 * 1024
/** Values up to here are looked at byte by byte; longer ones are searched natively, which pays from there. */
const SHORT = 48
/** An unfinished row of this size is a long one. */
const LONG = 64 * 1024

/** label: how errors call the input, at the start of a sentence. */
export function createScanner(handler: ScanHandler, label: string): Scanner {
  const cursor = new Cursor(label)
  const entities = new Map<string, Known>()
  let last: Known | null = null
  /** What the last look left over, and what came since. */
  let rest: Buffer = Buffer.alloc(0)
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let root: string | null = null
  let closed = false
  let rows = 0

  function entityAt(i: number): Known | null {
    const to = cursor.nameEnd(i)
    if (to === -1) return null
    const name = cursor.buf.toString('latin1', i, to)
    if (!/^[A-Za-z_\x80-\xff][\w.:\x80-\xff-]*$/.test(name))
      cursor.refuse(`an element named '${name}'`, i)
    let entity = entities.get(name)
    if (entity === undefined) {
      entity = known(name, handler.plan(name))
      entities.set(name, entity)
    }
    last = entity
    cursor.inside = name
    return entity
  }

  /** The row whose '<' is at start: the position after it, or -1 when the buffer ends inside of it. */
  function row(start: number): number {
    const buf = cursor.buf
    const n = buf.length
    let i = start + 1
    const entity = last !== null && isName(buf, i, last.bytes) ? last : entityAt(i)
    if (entity === null) return -1
    i += entity.bytes.length
    const values = entity.values
    for (let guess = 0; ; ) {
      let c = buf[i]
      while (c === 32 || c === 10 || c === 13 || c === 9) c = buf[++i]
      if (i >= n) return -1
      if (c === 47) {
        if (i + 1 >= n) return -1
        if (buf[i + 1] !== 62) cursor.refuse("a '/' that ends nothing", i)
        i += 2
        break
      }
      if (c === 62) {
        i = children(i + 1, entity)
        if (i === -1) return -1
        break
      }
      let attr = attributeAt(buf, i, entity.attrs, guess)
      if (attr === null) {
        const to = cursor.nameEnd(i)
        if (to === -1) return -1
        if (to === i) cursor.refuse('an attribute without a name', i)
        attr = entity.learn(buf.toString('latin1', i, to))
      }
      guess = attr.index + 1
      i += attr.bytes.length - 1
      if (buf[i] !== 61) i = cursor.skipSpace(i)
      if (i >= n) return -1
      if (buf[i] !== 61) cursor.refuse(`the attribute ${attr.name} without a value`, i)
      i = cursor.skipSpace(i + 1)
      if (i >= n) return -1
      const quote = buf[i] as number
      if (quote !== 34 && quote !== 39)
        cursor.refuse(`the attribute ${attr.name} without quotes`, i)
      const from = ++i
      let bits = 0
      let odd = false
      const limit = from + SHORT < n ? from + SHORT : n
      for (; i < limit; i++) {
        c = buf[i] as number
        if (c === quote) break
        bits |= c
        if (c < 32 || c === 38) odd = true
        else if (c === 60) cursor.refuse(`a '<' in the attribute ${attr.name}`, i)
      }
      if (i === limit) {
        i = buf.indexOf(quote, i)
        const less = cursor.lessIn(from, i === -1 ? n : i)
        if (less !== -1) cursor.refuse(`a '<' in the attribute ${attr.name}`, less)
        if (i === -1) return -1
        odd = true
      }
      cursor.at = from
      if (attr.column !== -1)
        values[attr.column] =
          odd || bits > 127 ? cursor.attributeText(from, i) : cursor.plainText(from, i)
      else if (odd && cursor.ampIn(from, i)) cursor.attributeText(from, i)
      i++
    }
    entity.count++
    rows++
    if (entity.plan !== null) {
      entity.plan.row(values)
      values.fill(null)
    }
    return i
  }

  /** From after the row's start tag to after its end tag. */
  function children(i: number, entity: Known): number {
    const buf = cursor.buf
    while (i !== -1) {
      i = cursor.skipSpace(i)
      if (i + 1 >= buf.length) return -1
      if (buf[i] !== 60) cursor.refuse('text between the values of a row', i)
      const c = buf[i + 1]
      if (c === 47) return cursor.endTag(i, entity.name)
      if (c === 33 || c === 63) {
        i = cursor.aside(i)
        continue
      }
      const to = cursor.nameEnd(i + 1)
      const after = to === -1 ? -1 : cursor.tagEnd(to)
      if (after === -1) return -1
      const name = buf.toString('latin1', i + 1, to)
      const column = entity.plan === null ? -1 : entity.learn(name).column
      const empty = buf[after - 2] === 47
      const value = empty ? { after, text: '' } : cursor.content(after, name, column !== -1)
      i = value.after
      if (column !== -1 && i !== -1) entity.values[column] = value.text
    }
    return -1
  }

  /** What stands outside of rows, at a '<': the position after it, or -1. */
  function outside(i: number): number {
    const buf = cursor.buf
    const c = buf[i + 1]
    if (c === 63) return cursor.aside(i)
    if (c === 33) {
      if (i + 9 > buf.length) return -1
      if (root === null && buf.toString('latin1', i, i + 9) === '<!DOCTYPE')
        return cursor.tagEnd(i + 9)
      const after = cursor.aside(i)
      if (after !== -1) handler.comment(buf.toString('utf8', i + 4, after - 3))
      return after
    }
    if (c === 47) {
      if (root === null) cursor.refuse('an end tag before any start', i)
      const after = cursor.endTag(i, root ?? '')
      if (after !== -1) closed = true
      return after
    }
    const to = cursor.nameEnd(i + 1)
    const after = to === -1 ? -1 : cursor.tagEnd(to)
    if (after === -1) return -1
    root = buf.toString('latin1', i + 1, to)
    closed = buf[after - 2] === 47
    handler.root(root, cursor.attributes(to, after - 1))
    return after
  }

  function scan(): void {
    const n = cursor.buf.length
    let i = 0
    for (;;) {
      i = cursor.skipSpace(i)
      if (i + 1 >= n) break
      cursor.at = i
      if (cursor.buf[i] !== 60) cursor.refuse('text outside of any element', i)
      const c = cursor.buf[i + 1]
      const isRow = root !== null && c !== 47 && c !== 33 && c !== 63
      if (closed && (isRow || c === 47)) cursor.refuse('something after the end', i)
      const illegal = cursor.illegal
      const after = isRow ? row(i) : outside(i)
      if (after === -1) {
        cursor.illegal = illegal
        last?.values.fill(null)
        break
      }
      i = after
    }
    rest = cursor.buf.subarray(i)
    if (rest.length > LONGEST_ROW) cursor.refuse('a row of more than 512 MB', i)
  }

  function look(): void {
    const first = waiting[0]
    const whole = rest.length === 0 && waiting.length === 1 && first !== undefined
    cursor.stand(whole ? first : Buffer.concat([rest, ...waiting]))
    waiting = []
    waitingBytes = 0
    scan()
  }

  return {
    write(chunk) {
      const { bytes, dropped, lines } = dropIllegal(chunk)
      cursor.illegal += dropped
      cursor.lines += lines
      waiting.push(bytes)
      waitingBytes += bytes.length
      // A long row is looked at again when there is twice as much of it, or it would cost its square.
      if (rest.length < LONG || waitingBytes >= rest.length) look()
    },
    end() {
      if (waitingBytes > 0) look()
      if (closed && rest.length === 0) return
      if (closed) cursor.refuse('something after the end', 0)
      const inside = cursor.inside === '' ? '' : ` in or after ${cursor.inside},`
      throw new Problem(
        'source-truncated',
        `${label} is cut off:${inside} line ${cursor.lines + 1}, before its end tag was reached.`,
        { hint: 'Copy the backup again, or make a new one, and compare the sizes.' },
      )
    },
    rows: () => rows,
    illegal: () => cursor.illegal,
    counts: () => new Map([...entities.values()].map((entity) => [entity.name, entity.count])),
  }
}

/** Whether the element's name at i is this one. */
function isName(buf: Buffer, i: number, name: Buffer): boolean {
  for (let j = 0; j < name.length; j++) if (buf[i + j] !== name[j]) return false
  const c = buf[i + name.length]
  return c === 32 || c === 47 || c === 62 || c === 10 || c === 13 || c === 9
}

/** The known attribute that stands at i; the one that followed in the rows before is tried first. */
function attributeAt(buf: Buffer, i: number, attrs: Attr[], guess: number): Attr | null {
  for (let k = 0; k < attrs.length; k++) {
    const place = guess + k
    const attr = attrs[place < attrs.length ? place : place - attrs.length] as Attr
    const bytes = attr.bytes
    let j = 0
    while (j < bytes.length && buf[i + j] === bytes[j]) j++
    if (j === bytes.length) return attr
  }
  return null
}
