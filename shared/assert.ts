/** Throws with the given sentence when the condition does not hold. For what only a mistake of ours can break. */
export function assert(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Error(sentence)
}

/** The value itself, or an error with the given sentence when it is null or undefined. */
export function must<T>(value: T | null | undefined, sentence: string): T {
  if (value === null || value === undefined) throw new Error(sentence)
  return value
}

/** For the end of an exhaustive switch: the compiler proves that no case is left. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}
