/** How a browser is paired with an agent: `POST /api/pair`, with the code that the agent prints. */
import * as v from 'valibot'

const text = v.string()

export const PairBody = v.object({
  code: v.pipe(
    text,
    v.trim(),
    v.regex(/^[0-9A-Z]{4}-?[0-9A-Z]{4}$/i, 'The pairing code looks like K7QM-4XRT.'),
  ),
  name: v.pipe(
    text,
    v.trim(),
    v.minLength(1, 'Say what this browser is called.'),
    v.maxLength(100, 'A browser’s name has at most 100 characters.'),
  ),
})
export const PairedSchema = v.object({ token: text, agent: text })
