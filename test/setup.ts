import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Finds the browsers that the tests drive; as root on Debian it installs what is missing, else it says how. */
const wanted = [
  {
    name: 'chromium',
    env: 'CHROMIUM_BIN',
    bins: ['chromium', 'chromium-browser', 'google-chrome'],
  },
  { name: 'firefox-esr', env: 'FIREFOX_BIN', bins: ['firefox-esr', 'firefox'] },
  // Makes the certificate under which tests serve the practice site as https://acme.atlassian.net.
  { name: 'openssl', env: 'OPENSSL_BIN', bins: ['openssl'] },
]

const found = (bins: string[]) =>
  bins.some((bin) =>
    (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, bin))),
  )
const missing = wanted.filter(({ env, bins }) => !process.env[env] && !found(bins))

if (missing.length) {
  const names = missing.map(({ name }) => name)
  const root = process.getuid?.() === 0 && existsSync('/etc/debian_version')
  const command = `apt-get update && apt-get install -y ${names.join(' ')}`
  if (!root) {
    console.error(`The tests need ${names.join(' and ')}. Install with: sudo sh -c '${command}'`)
    process.exit(1)
  }
  console.error(`Installing ${names.join(' and ')} for the tests.`)
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
  const done = spawnSync('apt-get', ['install', '-y', '-qq', ...names], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (done.status !== 0) process.exit(done.status ?? 1)
}
