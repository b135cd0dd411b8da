import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { countsText, sayProblem } from './commands/output.ts'
import { untilStopped } from './commands/practice.ts'
import { defaultPort, folderParts } from './config.ts'
import { addMigration, deleteMigration, getMigration } from './ledger/migrations.ts'
import { countsByKind, countsOf, progressOf, tally } from './ledger/tally.ts'
import { writeSample } from './sample/sample.ts'
import { type Agent, startAgent } from './serve.ts'

const home = resolve(import.meta.dirname, '..')
const say = (text: string) => process.stdout.write(`${text}\n`)

/**
 * npm start: agent, practice site and a sample backup, migrated end to end; then it stays up for the
 * browser until Ctrl-C. Each start rehearses anew: the practice site begins empty, pairings are kept.
 */
export async function start(args: string[]): Promise<number> {
  let agent: Agent | null = null
  try {
    const { values } = parseArgs({
      args,
      options: {
        folder: { type: 'string' },
        port: { type: 'string' },
        once: { type: 'boolean' },
      },
    })
    const folder = resolve(values.folder ?? join(home, '.landfall'))
    rmSync(folderParts(folder).practice, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    const building = buildExtension()
    agent = await open(folder, values.port)
    await rehearse(agent, folder)
    await tellAddresses(agent, await building)
    if (!values.once) await untilStopped()
    return 0
  } catch (error) {
    sayProblem(error, false)
    return 1
  } finally {
    await agent?.close()
  }
}

/** On the usual port, where the extension looks first; on another one when that is taken. */
async function open(folder: string, port: string | undefined): Promise<Agent> {
  const options = {
    folder,
    practicePort: 0,
    onCode: (code: string) => say(`\n  Pairing code   ${code}   (good once, for ten minutes)`),
  }
  try {
    return await startAgent({ ...options, port: port === undefined ? defaultPort : Number(port) })
  } catch (error) {
    if (
      port !== undefined ||
      !(error instanceof Error && /in use/.test(error.message) && /Port/.test(error.message))
    )
      throw error
    return startAgent({ ...options, port: 0 })
  }
}

/** The extension as this checkout has it. @returns its folder, or null with the reason said. */
function buildExtension(): Promise<string | null> {
  return new Promise((built) => {
    const wxt = join(home, 'node_modules', 'wxt', 'bin', 'wxt.mjs')
    const child = spawn(process.execPath, [wxt, 'build', '-b', 'chrome'], {
      cwd: home,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let words = ''
    child.stderr.on('data', (chunk: Buffer) => {
      words += chunk
    })
    child.once('error', (error) => {
      say(`The extension could not be built: ${error.message}`)
      built(null)
    })
    child.once('exit', (code) => {
      if (code === 0) return built(join(home, '.output', 'chrome-mv3'))
      say(`The extension could not be built:\n${words}`)
      built(null)
    })
  })
}

const sampleName = 'Sample: Kestrel Pay'

async function rehearse(agent: Agent, folder: string): Promise<void> {
  const { db } = agent.ledger
  const earlier = await db
    .selectFrom('migration')
    .select('id')
    .where('name', '=', sampleName)
    .execute()
  for (const { id } of earlier)
    if (!agent.runner.running().includes(id)) await deleteMigration(db, id)
  const sampleFolder = join(folder, 'sample')
  rmSync(sampleFolder, { recursive: true, force: true })
  mkdirSync(sampleFolder, { recursive: true })
  const sample = await writeSample(sampleFolder)
  say(`\nLandfall ${agent.url}\n\n  Sample backup  ${sample.backup}`)
  const { id } = await addMigration(db, {
    id: randomUUID(),
    name: sampleName,
    source: {
      kind: 'backup',
      path: sample.backup,
      attachments: sample.attachments,
      timeZone: null,
    },
    site: { kind: 'practice' },
    scope: { projects: null },
    mode: 'move',
    at: Date.now(),
  })
  await agent.runner.start(id)
  const telling = setInterval(() => void tell(agent, id), 1000)
  await agent.runner.ended(id)
  clearInterval(telling)
  await conclude(agent, id)
}

let told = ''
async function tell(agent: Agent, id: string): Promise<void> {
  const row = await getMigration(agent.ledger.db, id)
  const { sent, checked, total } = progressOf(await tally(agent.ledger.db, id))
  const numbers = total
    ? `  ${sent.toLocaleString('en')} of ${total.toLocaleString('en')} sent${checked ? `, ${checked.toLocaleString('en')} read back` : ''}`
    : ''
  const line = `  ${row.sentence}${numbers}`
  if (line !== told) say(line)
  told = line
}

async function conclude(agent: Agent, id: string): Promise<void> {
  const row = await getMigration(agent.ledger.db, id)
  const rows = await tally(agent.ledger.db, id)
  const counts = countsOf(rows)
  const n = (count: number) => count.toLocaleString('en')
  say(`\n${countsText(countsByKind(rows))}`)
  say(`\n  ${row.status.toUpperCase()}  ${row.sentence}`)
  say(
    `  ${n(counts.verified)} verified (${n(counts.verifiedWithLoss)} with an announced loss) · ${n(counts.different)} different · ${n(counts.leftOut)} left out · ${n(counts.failed)} failed`,
  )
  say(
    `  together ${n(counts.source)}: all that the source holds. ${n(row.requests)} requests in ${Math.round(row.workedMs / 100) / 10} s.`,
  )
}

async function tellAddresses(agent: Agent, extension: string | null): Promise<void> {
  const site = await agent.practice.access(null)
  say(`\n  Agent          ${agent.url}`)
  say(`  Practice site  ${site.url}/jira/projects`)
  say(`  Reports        ${join(dirname(agent.ledger.path), 'reports')}`)
  agent.pairingCode()
  if (extension) {
    say(`\n  The extension  ${extension}`)
    say(
      '    Chrome, Edge, Chromium: chrome://extensions, Developer mode on, Load unpacked, choose that folder.',
    )
    say(
      '    Firefox: npm run build, then about:debugging, This Firefox, Load Temporary Add-on, .output/firefox-mv3/manifest.json.',
    )
    say('    Then open Landfall in the toolbar and enter the pairing code.')
  }
  say('\nCtrl-C stops.')
}
