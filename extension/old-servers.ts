/** The addresses of old Jira servers on whose pages a person wants to be told where things went. */
import * as v from 'valibot'
import {
  dropPages,
  mayReadPages,
  onLocalChange,
  readLocal,
  scriptPages,
  writeLocal,
} from './platform.ts'
import { addressWords } from './words-problems.ts'

const key = 'oldServers'

export const OldServerSchema = v.pipe(
  v.string(),
  v.trim(),
  v.url(addressWords.oldServer),
  v.regex(/^https?:\/\//, addressWords.protocol),
  v.check((address) => !new URL(address).hostname.endsWith('.atlassian.net'), addressWords.cloud),
  v.transform((address) => {
    const { origin, pathname } = new URL(address)
    return origin + pathname.replace(/\/+$/, '')
  }),
)

const oldServersOf = (value: unknown): string[] => {
  const result = v.safeParse(v.array(v.string()), value)
  return result.success ? result.output : []
}
export const readOldServers = async () => oldServersOf(await readLocal(key))
export const onOldServersChange = (callback: (all: string[]) => void) =>
  onLocalChange(key, (value) => callback(oldServersOf(value)))

/** Patterns have no ports: Firefox refuses them, and Chromium takes all ports without. */
export const patternOf = (address: string): string => {
  const { protocol, hostname } = new URL(address)
  return `${protocol}//${hostname}/*`
}

/** The server that an address belongs to: the longest of those that it begins with. */
export async function serverOf(address: string): Promise<string | null> {
  const all = await readOldServers()
  const fitting = all.filter((one) => address === one || address.startsWith(`${one}/`))
  return fitting.toSorted((a, b) => b.length - a.length)[0] ?? null
}

const script = { id: 'old-pages', js: '/old-pages.js' }

/** The script is in the pages of those servers for which there is leave; an update of the extension forgets it. */
export async function layOverOldPages(): Promise<void> {
  const allowed: string[] = []
  for (const pattern of new Set((await readOldServers()).map(patternOf)))
    if (await mayReadPages([pattern])) allowed.push(pattern)
  await scriptPages(script.id, script.js, allowed)
}

/** Keeps a server for which the person has just given leave. */
export async function addOldServer(address: string): Promise<void> {
  const all = await readOldServers()
  await writeLocal(key, [...new Set([...all, address])])
  await layOverOldPages()
}

/** Forgets a server, and gives its leave back unless another one of the same host needs it. */
export async function removeOldServer(address: string): Promise<void> {
  const rest = (await readOldServers()).filter((one) => one !== address)
  await writeLocal(key, rest)
  await layOverOldPages()
  const pattern = patternOf(address)
  if (!rest.some((one) => patternOf(one) === pattern)) await dropPages([pattern])
}
