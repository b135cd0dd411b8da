import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { numberFrom } from './commands/options.ts'
import { countsText, sayProblem, words } from './commands/output.ts'
import { untilStopped } from './commands/until-stopped.ts'
import { defaultFolder, folderParts, portOf } from './config.ts'
import { addMigration, deleteMigration, getMigration } from './ledger/migrations.ts'
import { countsByKind, countsOf, progressOf, tally } from './ledger/tally.ts'
import { onPractice } from './practice-desk.ts'
import { writeSample } from './sample/sample.ts'
import { type Agent, startAgent } from './serve.ts'

const home = resolve(import.meta.dirname, '..')
const say = (text: string) => process.stdout.write(words(text))

/**
 * npm start: agent, practice site and a sample backup, migrated end to end; then it stays up for the
 * browser until Ctrl-C. It works in the folder of `serve`, so that either finds what the other did. The practice
 * site begins empty as long as only the sample was on it; rehearsals of somebody's own are never deleted.
 */
export async function start(args: string[]): Promise<number> {
  let agent: Agent | null = null
  try {
    const { values } = parseArgs({
      args,
      options: {
        folder: { type: 'string' },
        port: { type: 'string' },
        /** Ends after the sample; the extension is not built. For tests. */
        once: { type: 'boolean' },
      },
    })
    const folder = resolve(values.folder ?? defaultFolder())
    mkdirSync(folder, { recursive: true })
    if (values.folder === undefined) tellOlderFolder()
    const building = values.once ? null : buildExtension()
    agent = await open(
      folder,
      values.port === undefined ? null : numberFrom(values.port, 'port', 0),
    )
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

/** Until it shared the folder of `serve`, npm start kept its work in the checkout. */
function tellOlderFolder() {
  const older = join(home, '.landfall')
  if (existsSync(folderParts(older).ledger))
    say(`An earlier npm start kept its work in ${older}: npm start -- --folder ${older} opens it.`)
}

/** On the usual port, where the extension looks first; on another one, said aloud, when that is taken. */
async function open(folder: string, port: number | null): Promise<Agent> {
  const options = {
    folder,
    practicePort: 0,
    onCode: (code: string) => say(`\n  Pairing code   ${code}   (good once, for ten minutes)`),
  }
  const usual = portOf()
  try {
    return await startAgent({ ...options, port: port ?? usual })
  } catch (error) {
    if (
      port !== null ||
      !(error instanceof Error && /in use/.test(error.message) && /Port/.test(error.message))
    )
      throw error
    const agent = await startAgent({ ...options, port: 0 })
    say(
      `\nAnother program uses port ${usual}, where the extension looks. Enter ${agent.url} in the extension: Options, Agents.`,
    )
    return agent
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
  say(`\nLandfall ${agent.url}, working in ${folder}`)
  const earlier = await db
    .selectFrom('migration')
    .select(['id', 'status'])
    .where('name', '=', sampleName)
    .execute()
  const running = earlier.find(({ id }) => agent.runner.running().includes(id))
  if (running) {
    say('  The sample goes on where it was when the agent ended.')
    return follow(agent, running.id)
  }
  const own = (await onPractice(db)).filter(
    ({ id, startedAt }) => startedAt !== null && !earlier.some((one) => one.id === id),
  )
  if (own.length > 0) {
    const names = own.map(({ name }) => `"${name}"`).join(', ')
    say(
      `  The practice site keeps what your own rehearsals put there: ${names}. So the sample is not migrated ${earlier.length > 0 ? 'again' : 'now'}.`,
    )
    say('  To begin anew: New migration, step Site, Empty the practice site; then npm start.')
    return
  }
  if (earlier.length > 0)
    say('  The sample of the last start, and what it put on the practice site, begins anew.')
  await agent.practice.empty()
  for (const { id } of earlier) await deleteMigration(db, id)
  const sampleFolder = join(folder, 'sample')
  rmSync(sampleFolder, { recursive: true, force: true })
  mkdirSync(sampleFolder, { recursive: true })
  const sample = await writeSample(sampleFolder)
  say(`\n  Sample backup  ${sample.backup}`)
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
  await follow(agent, id)
}

async function follow(agent: Agent, id: string): Promise<void> {
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
  say('\nCtrl-C stops; npm start or npm run landfall -- serve goes on in the same folder.')
}
