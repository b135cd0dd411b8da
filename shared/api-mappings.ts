/**
 * What crosses the wire about an id-mappings.csv that says which item another program made of which.
 * Rules as in api.ts: bearer token, every error body is { problem: ProblemView }.
 *
 *   POST   /api/mappings/upload   multipart, one part "file" with a file name, at most 200 MB   MappingsFile (201)
 *   POST   /api/mappings/look     MappingsLookBody   MappingsFile   what a file on the agent's machine says
 *
 * Another file than an id-mappings.csv is refused and not kept. Its path goes into SetupBody.mappings; an upload
 * goes off the disk with the last migration that uses it, or when that takes another file.
 */
import * as v from 'valibot'
import { MachinePath } from './api.ts'

const text = v.string()
const count = v.pipe(v.number(), v.integer(), v.minValue(0))

export const MappingsLookBody = v.object({
  path: MachinePath,
})

export const MappingsFileSchema = v.object({
  path: text,
  name: text,
  /** Bytes. */
  size: count,
  rows: count,
  /** Rows that say which item became which. */
  used: count,
  /** Rows of entity types that are not compared. */
  otherRows: count,
  otherTypes: v.array(v.object({ type: text, rows: count })),
  /** The first twenty lines that cannot be read, with why. */
  problems: v.array(text),
  /** How many of those there are in all. */
  refused: count,
})
export type MappingsFile = v.InferOutput<typeof MappingsFileSchema>
