import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import JSZip from 'jszip'
import { activeObjectsXml } from './active-objects.ts'
import { addActivity } from './activity.ts'
import { addAttachments } from './attachments.ts'
import { addDashboards } from './dashboards.ts'
import { createEntities, type Entities, line } from './entities.ts'
import { addFrame, types } from './frame.ts'
import { addIssue, type SampleIssue } from './issue.ts'
import { type Oddity, oddities } from './oddities.ts'
import { addPeople } from './people.ts'
import { addProjects, type SampleProject } from './projects.ts'
import { createRandom, type Random } from './random.ts'
import { addRelations } from './relations.ts'

// 3 June 2024, 10:30 in Berlin, where the server of the sample stands.
const exportedAt = Date.UTC(2024, 5, 3, 8, 30)

/**
 * Writes a backup of a made-up payments company, as Jira 9 would write it, and its attachments folder:
 * four projects, some 320 issues, with the odd cases that real sources have. The same every time.
 * @param folder where to write; it is made if it is not there
 * @returns the paths of the backup and of the attachments folder, and how many issues there are
 */
export async function writeSample(
  folder: string,
): Promise<{ backup: string; attachments: string; issues: number }> {
  const attachments = join(folder, 'attachments')
  mkdirSync(attachments, { recursive: true })
  const entities = createEntities()
  const issues = fill(entities, attachments)
  const zip = new JSZip()
  // A fixed date, or the zip would differ from run to run.
  const options = { date: new Date(exportedAt), createFolders: false }
  zip.file('entities.xml', entities.xml(header, exportedAt), options)
  zip.file('activeobjects.xml', activeObjectsXml(), options)
  const backup = join(folder, 'kestrel-pay.zip')
  writeFileSync(backup, await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' }))
  return { backup, attachments, issues }
}

const header = [
  '\n\n___ Exported on _____________________________\n',
  line('on', 'Monday, June 3, 2024 10:30:00 AM CEST'),
  line('by', 'admin ( Jira Administrator )'),
  '\n___ Environment ____________________________\n',
  line('JIRA Build', '9.12.8#9120008-sha1:3f1c5a3de2f6f1c1ad4cf3b4ad2b7a52b2dd9e10'),
  line('Server ID', 'BKST-PAY0-SMPL-0001'),
  line('Base URL', 'https://jira.kestrelpay.example'),
  line('Java Version', '17.0.10 - Eclipse Adoptium'),
  line('JVM Input Arguments', '-Xms1024m -Xmx2048m -Duser.timezone=Europe/Berlin'),
  '',
].join('\n')

function fill(entities: Entities, attachments: string): number {
  const random = createRandom(20_240_603)
  addPeople(entities)
  addFrame(entities)
  const issues: SampleIssue[] = []
  for (const [i, project] of addProjects(entities).entries()) {
    const own = oddities.filter((_, n) => n % 4 === i)
    for (const { number, odd } of numbers(random, project, own)) {
      const type = odd ? types.task : typeOf(random, number)
      const issue = addIssue(entities, random, project, number, type, odd)
      addActivity(entities, random, issue, odd)
      addAttachments(entities, random, attachments, issue, odd)
      issues.push(issue)
    }
  }
  addRelations(entities, random, issues)
  addRest(entities, issues)
  return issues.length
}

/** Rising numbers with a gap here and there, where issues were deleted or moved; the odd ones spread among them. */
function numbers(random: Random, project: SampleProject, odd: readonly Oddity[]) {
  const found: { number: number; odd: Oddity | null }[] = []
  let number = 0
  for (let n = 0; n < project.issues; n += 1) {
    number += random.chance(0.06) ? random.below(3) + 2 : 1
    found.push({ number, odd: odd[n / 5 - 1] ?? null })
  }
  return found
}

function typeOf(random: Random, number: number): string {
  if (number <= 3) return types.epic
  if (random.chance(0.12)) return types.subtask
  return random.pick([
    types.bug,
    types.bug,
    types.task,
    types.story,
    types.story,
    types.improvement,
  ])
}

/** Filters, dashboards, and what apps keep with issues. */
function addRest(entities: Entities, issues: SampleIssue[]): void {
  const filter = (name: string, author: string, request: string) =>
    entities.add('SearchRequest', { name, author, user: author, request, favCount: 1 })
  const share = (entityId: string, values: Record<string, string>) =>
    entities.add('SharePermissions', {
      entityId,
      entityType: 'SearchRequest',
      rights: 1,
      ...values,
    })
  const payments = filter(
    'Filter for Payments sprint board',
    'amara',
    'project = PAY ORDER BY Rank ASC',
  )
  share(payments, { type: 'project', param1: '10000' })
  const operations = filter(
    'Filter for Operations kanban',
    'jonas',
    'project = OPS ORDER BY Rank ASC',
  )
  share(operations, { type: 'loggedin' })
  filter('Open & urgent', 'grace', 'priority in (Blocker, Critical) AND resolution = Unresolved')
  addDashboards(entities, { payments, operations })
  for (const issue of issues.slice(0, 6))
    entities.add('EntityProperty', {
      entityName: 'IssueProperty',
      entityId: issue.id,
      propertyKey: 'kestrel.risk-score',
      created: '2024-05-01 09:00:00.0',
      updated: '2024-05-01 09:00:00.0',
      value: `{"score":${issue.number * 7}}`,
    })
  entities.add('OSPropertyEntry', {
    entityName: 'jira.properties',
    entityId: 1,
    propertyKey: 'jira.version.patched',
    type: 5,
  })
  entities.add('OSPropertyString', { value: '9120008' })
}
