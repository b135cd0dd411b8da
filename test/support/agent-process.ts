import { type ChildProcess, spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import * as v from 'valibot'
import { PairedSchema } from '../../shared/api-pairing.ts'
import { must } from '../../shared/assert.ts'

const root = resolve(import.meta.dirname, '../..')

/** A command of ours as a process of its own; what it says on stdout's first line is waited for. */
export interface Process<T> {
  said: T
  child: ChildProcess
  /** kill -9, and wait until it is gone. */
  kill(): Promise<void>
  /** SIGTERM, and wait for its own end. @returns the exit code */
  stop(): Promise<number | null>
}

/** Starts `landfall <args>` and waits for the JSON on its first line. */
export async function startProcess<T>(
  args: string[],
  env: Record<string, string> = {},
): Promise<Process<T>> {
  const child = spawn(process.execPath, [join(root, 'agent/cli.ts'), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk).slice(-10_000)
  })
  const line = await new Promise<string>((first, failed) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk
      if (text.includes('\n')) first(text.slice(0, text.indexOf('\n')))
    })
    void ended.then((code) => failed(new Error(`landfall ${args[0]} ended with ${code}: ${words}`)))
  })
  return {
    said: JSON.parse(line) as T,
    child,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

export interface PracticeProcess {
  url: string
  email: string
  token: string
}
export interface AgentProcess {
  url: string
  folder: string
  code: string
}

/** A paired caller of an agent. */
export async function pair(agent: AgentProcess) {
  const answer = await fetch(`${agent.url}/api/pair`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: agent.code, name: 'test' }),
  })
  const { token } = v.parse(PairedSchema, await answer.json())
  return call(agent.url, token)
}

/** Calls an agent with a token that an earlier pairing gave. */
export function call(url: string, token: string) {
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, {
      ...init,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        ...init.headers,
      },
    })
  return Object.assign(ask, { token })
}

/** Calls a practice site's REST API as its administrator. */
export function siteCaller(site: PracticeProcess) {
  const authorization = `Basic ${Buffer.from(`${site.email}:${site.token}`).toString('base64')}`
  return async <T>(path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${site.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization, accept: 'application/json', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
}

/** A real backup, where this checkout stands beside them. */
export const realBackup = (name: string) => must(resolve(root, '../shared/backups', name), name)

/** Runs a command to its end. `json` is what stood on stdout, which must be one JSON object and nothing else. */
export async function runCli<T>(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; json: T; words: string }> {
  const child = spawn(process.execPath, [join(root, 'agent/cli.ts'), ...args, '--json'], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [text, words] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk
  })
  child.stderr.on('data', (chunk: Buffer) => {
    words += chunk
  })
  const code = await new Promise<number | null>((done) => child.once('close', done))
  try {
    return { code, json: JSON.parse(text) as T, words }
  } catch (cause) {
    throw new Error(
      `landfall ${args.join(' ')} ended with ${code} and no JSON: ${text.slice(0, 500)} ${words.slice(-2000)}`,
      { cause },
    )
  }
}
