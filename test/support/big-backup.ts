import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { defaultHeader, rowXml } from './make-backup.ts'

const words =
  'the gateway answers with a timeout when payment retries exceed limit & customer sees "declined" <again> naïve Größe 漢字 😀 {code:java} return null; {code} *bold* [~fred] see TEST-12'.split(
    ' ',
  )

/** A generator of numbers with a seed, so that a backup is the same each time. */
function lcg(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
}

/**
 * The text of a backup of about so many bytes, in pieces: the mix of a real one (facts: 60 % history),
 * rows in Jira's order. An issue with all that belongs to it takes about 5,200 bytes.
 */
export function* bigBackupXml(bytes: number): Generator<string> {
  const issues = Math.max(1, Math.round(bytes / 5_200))
  const random = lcg(7)
  const text = (count: number, join = ' ') =>
    Array.from({ length: count }, () => words[random(words.length)]).join(join)
  const time = () =>
    `20${10 + random(9)}-0${1 + random(9)}-1${random(10)} 1${random(10)}:2${random(10)}:3${random(10)}.${random(1000)}`
  const user = () => `user${random(200)}`
  const issue = () => 10_000 + random(issues)
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<!-- ${defaultHeader} -->\n<entity-engine-xml date="1423479712604">\n`
  const counts: [string, number][] = []
  let piece = ''
  const makers: [string, number, (n: number) => Record<string, string | number | null>][] = [
    [
      'Action',
      2,
      (n) => ({
        id: 10_000 + n,
        issue: issue(),
        author: user(),
        type: 'comment',
        body: n % 3 === 0 ? text(60) : `${text(30)}\n${text(30)}`,
        created: time(),
        updateauthor: user(),
        updated: time(),
      }),
    ],
    [
      'ApplicationUser',
      0,
      (n) => ({ id: 10_000 + n, userKey: `user${n}`, lowerUserName: `user${n}` }),
    ],
    [
      'ChangeGroup',
      7,
      (n) => ({ id: 10_000 + n, issue: issue(), author: user(), created: time() }),
    ],
    [
      'ChangeItem',
      10,
      (n) => ({
        id: 10_000 + n,
        group: 10_000 + random(issues * 7),
        fieldtype: 'jira',
        field: 'status',
        oldvalue: 1,
        oldstring: 'Open',
        newvalue: 3,
        newstring: text(4),
      }),
    ],
    [
      'CustomFieldValue',
      4,
      (n) => ({
        id: 10_000 + n,
        issue: issue(),
        customfield: 10_000 + random(30),
        stringvalue: text(2),
      }),
    ],
    [
      'Issue',
      1,
      (n) => ({
        id: 10_000 + n,
        key: `TEST-${n + 1}`,
        number: n + 1,
        project: 10_000,
        reporter: user(),
        assignee: user(),
        creator: user(),
        type: 1,
        summary: text(9),
        priority: 3,
        status: 1,
        created: time(),
        updated: time(),
        votes: 0,
        watches: 1,
        workflowId: 10_000 + n,
        description: `${text(50)}\n${text(40)}`,
      }),
    ],
    [
      'NodeAssociation',
      1,
      () => ({
        sourceNodeId: issue(),
        sourceNodeEntity: 'Issue',
        sinkNodeId: 10_000 + random(9),
        sinkNodeEntity: 'Version',
        associationType: 'IssueFixVersion',
      }),
    ],
    [
      'OSCurrentStep',
      2,
      (n) => ({
        id: 10_000 + n,
        entryId: 10_000 + n,
        stepId: 1,
        actionId: 0,
        owner: '',
        startDate: time(),
        status: 'Open',
      }),
    ],
    [
      'Project',
      0,
      () => ({
        id: 10_000,
        name: 'Test',
        key: 'TEST',
        lead: 'user1',
        counter: issues,
        originalkey: 'TEST',
      }),
    ],
    [
      'User',
      0,
      (n) => ({
        id: 10_000 + n,
        directoryId: 1,
        userName: `user${n}`,
        lowerUserName: `user${n}`,
        active: 1,
        displayName: `User ${n}`,
        emailAddress: `user${n}@example.com`,
        credential: 'REDACTED',
      }),
    ],
    [
      'UserAssociation',
      1,
      () => ({
        sourceName: user(),
        sinkNodeId: issue(),
        sinkNodeEntity: 'Issue',
        associationType: 'WatchIssue',
        created: time(),
      }),
    ],
  ]
  for (const [entity, perIssue, make] of makers) {
    const rows = perIssue === 0 ? (entity === 'Project' ? 1 : 200) : perIssue * issues
    counts.push([entity, rows])
    for (let n = 0; n < rows; n++) {
      piece += rowXml([entity, make(n)])
      if (piece.length < 256 * 1024) continue
      yield piece
      piece = ''
    }
  }
  const line = ([name, count]: [string, number]) => `     ${name.padEnd(46)}: ${count}\n`
  yield `${piece}<!-- \n___ Entities ________________________________\n\n${counts.map(line).join('')} -->\n</entity-engine-xml>`
}

/** Streams such a backup to disk, as a zip when the name says so, else as bare XML. */
export async function writeBigBackup(path: string, bytes: number): Promise<void> {
  const pieces = function* () {
    for (const piece of bigBackupXml(bytes)) yield Buffer.from(piece)
  }
  const text = Readable.from(pieces(), { objectMode: false })
  if (!path.endsWith('.zip')) return pipeline(text, createWriteStream(path))
  const zip = new ZipFile()
  zip.addReadStream(text, 'entities.xml')
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
}
