import { toldParts } from '../models/told.ts'

/** A sentence of the agent; what it counts leads to the list behind it. */
export function Told({ id, text }: { id: string; text: string }) {
  return (
    <>
      {toldParts(id, text).map((part, at) =>
        part.href === null ? (
          part.text
        ) : (
          <a key={`${at} ${part.href}`} href={part.href}>
            {part.text}
          </a>
        ),
      )}
    </>
  )
}
