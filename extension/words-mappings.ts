/** Text of the id mappings that a verification can be given. */
import { count, counted } from './words.ts'

const lines = (n: number) => counted(n, 'line', 'lines')

export const mappingWords = {
  path: 'Id mappings (optional)',
  pathHint:
    'Path of the id-mappings.csv that the Jira Cloud Migration Assistant exported, on the machine of the agent.',
  upload: 'Upload id mappings',
  uploadHint: 'Choose or drop an id-mappings.csv of up to 200 MB.',
  uploading: 'Uploading and reading it',
  reading: 'Reading the id mappings',
  tooLarge: (size: string) =>
    `This file has ${size}; up to 200 MB can be uploaded. Put it on the machine of the agent and write its path.`,
  used: (used: number, rows: number) =>
    used === rows
      ? `${counted(rows, 'row says', 'rows say')} which item became which.`
      : `${count(used)} of ${counted(rows, 'row', 'rows')} say which item became which.`,
  none: 'No row says which item became which. Items are matched by key and name.',
  others: (rows: number, types: string) =>
    `${counted(rows, 'row is', 'rows are')} of types that are not compared: ${types}.`,
  refused: (n: number) => `${lines(n)} cannot be read`,
  more: (n: number) => `${lines(n)} more.`,
  whatNow:
    'Correct this in the file and upload it again, or go on: the other rows are used, and these items are matched by key and name.',
  replace: 'Choosing another file replaces it.',
  away: 'Remove',
}
