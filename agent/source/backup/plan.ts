/** What is wanted of an entity: these attributes, in this order; null where a row has none. */
export interface EntityPlan {
  readonly columns: readonly string[]
  /** Instead of columns every attribute is wanted, in the order in which they are first met: it is told each. */
  readonly whole?: (attribute: string) => void
  /** The array is reused for the next row. */
  row(values: (string | null)[]): void
}

export interface Attr {
  readonly name: string
  /** The name and the '=' after it, as they stand in the file. */
  readonly bytes: Buffer
  /** Its place in the plan's columns, -1 when it is not wanted. */
  readonly column: number
  /** Its place in the order in which the entity's attributes were first met. */
  readonly index: number
}

/** An entity once met: its attributes are recognised by their bytes, in the order of the rows before. */
export interface Known {
  readonly name: string
  readonly bytes: Buffer
  readonly plan: EntityPlan | null
  readonly attrs: Attr[]
  readonly values: (string | null)[]
  count: number
  learn(attribute: string): Attr
}

export function known(name: string, plan: EntityPlan | null): Known {
  const attrs: Attr[] = []
  const byName = new Map<string, Attr>()
  return {
    name,
    bytes: Buffer.from(name, 'latin1'),
    plan,
    attrs,
    values: new Array<string | null>(plan?.columns.length ?? 0).fill(null),
    count: 0,
    learn(attribute) {
      const old = byName.get(attribute)
      if (old !== undefined) return old
      plan?.whole?.(attribute)
      const attr: Attr = {
        name: attribute,
        bytes: Buffer.from(`${attribute}=`, 'latin1'),
        column: plan === null ? -1 : plan.whole ? attrs.length : plan.columns.indexOf(attribute),
        index: attrs.length,
      }
      attrs.push(attr)
      byName.set(attribute, attr)
      return attr
    },
  }
}
