/** A shorter difference is no pause that anybody made: the start of a run, and its report. Milliseconds. */
const pauseMs = 5_000

/**
 * Whether a migration worked for less than it took, because it was held or ran several times.
 * @param wholeMs from its start to its end · workedMs what of that was work; milliseconds
 */
export const wasHeld = (wholeMs: number, workedMs: number): boolean => wholeMs - workedMs >= pauseMs
