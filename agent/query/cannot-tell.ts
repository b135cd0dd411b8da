/**
 * What a JQL finds at the source cannot be told from the snapshot; the message is a sentence for a person.
 * A number that might be wrong is never given instead.
 */
export class CannotTell extends Error {}

export function cannotTell(sentence: string): never {
  throw new CannotTell(sentence)
}

/** The source itself answers such JQL with an error. */
export const refused = (what: string): never =>
  cannotTell(`The source has no ${what}, so it would refuse this JQL itself.`)
