import { spawn } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeBigBackup } from '../support/big-backup.ts'

/**
 * Our scan and our zip to snapshot beside `unzip -p` and `xmllint --stream`, on the same generated file
 * in the same run. Each is a process of its own, so that its memory is its own; machines differ, so read
 * the ratios.
 */
export async function benchReading(megabytes: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'landfall-bench-'))
  try {
    const zip = join(folder, 'backup.zip')
    const xml = join(folder, 'entities.xml')
    await writeBigBackup(zip, megabytes * 1024 * 1024)
    await writeBigBackup(xml, megabytes * 1024 * 1024)
    const size = statSync(xml).size / 1024 / 1024
    console.log(
      `${Math.round(size)} MB of XML, ${Math.round(statSync(zip).size / 1024 / 1024)} MB zipped`,
    )
    const own = (what: string, path: string) => [
      process.execPath,
      join(import.meta.dirname, 'read-one.ts'),
      what,
      path,
      join(folder, 'snapshot.sqlite'),
    ]
    const runs: [string, string[]][] = [
      ['unzip -p', ['unzip', '-p', zip]],
      ['xmllint --stream', ['xmllint', '--stream', '--huge', '--noout', xml]],
      ['our scan of the xml', own('scan', xml)],
      ['our scan of the zip', own('scan', zip)],
      ['our zip to snapshot', own('snapshot', zip)],
    ]
    const results: { name: string; seconds: number; said: string; peak: number }[] = []
    for (const [name, command] of runs) {
      const result = await measure(command)
      if (result === null) console.log(`${name}: not on this machine`)
      else results.push({ name, ...result })
    }
    const base = results.find((result) => result.name === 'unzip -p')
    const rows = Math.max(
      ...results.map((result) => Number(/(\d+) rows/.exec(result.said)?.[1] ?? 0)),
    )
    for (const { name, seconds, peak } of results)
      console.log(
        [
          name.padEnd(22),
          `${seconds.toFixed(2).padStart(7)} s`,
          `${Math.round(size / seconds)} MB/s`.padStart(10),
          `${Math.round(rows / seconds)} rows/s`.padStart(16),
          base === undefined
            ? ''
            : `x ${(seconds / base.seconds).toFixed(2)} of unzip -p`.padStart(22),
          `peak ${Math.round(peak)} MB`.padStart(14),
        ].join(' '),
      )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs a command to its end; null when there is no such program. Peak memory is looked up every 50 ms. */
function measure(
  command: string[],
): Promise<{ seconds: number; said: string; peak: number } | null> {
  const [program = '', ...rest] = command
  const start = performance.now()
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  let peak = 0
  const own = program === process.execPath
  child.stdout.on('data', (chunk: Buffer) => {
    if (own) said += chunk.toString()
  })
  const watch = setInterval(() => {
    peak = Math.max(peak, residentMegabytes(child.pid))
  }, 50)
  return new Promise((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearInterval(watch)
      if (error.code === 'ENOENT') resolve(null)
      else reject(error)
    })
    child.on('close', (code) => {
      clearInterval(watch)
      if (code !== 0) reject(new Error(`${program} ended with ${code}`))
      else resolve({ seconds: (performance.now() - start) / 1000, said, peak })
    })
  })
}

/** VmHWM: the most that was resident, as Linux tells it; 0 elsewhere. */
function residentMegabytes(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024
  } catch {
    // The process has just ended, or there is no /proc here.
    return 0
  }
}
