import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { must } from '../../shared/assert.ts'
import { createPractice, type Practice } from './practice.ts'

export interface ServeOptions {
  /** 0 = any free one. */
  port: number
  stateDir: string | null
  rateLimits: 'real' | 'off'
}
export interface ServedPractice {
  url: string
  email: string
  token: string
  practice: Practice
  close(): Promise<void>
}

/** Serves a practice site on 127.0.0.1; rejects when the port is taken. */
export async function servePractice(options: ServeOptions): Promise<ServedPractice> {
  const { stateDir, rateLimits } = options
  const practice = createPractice({ stateDir, rateLimits, url: 'http://127.0.0.1' })
  const server = serve({ fetch: practice.app.fetch, hostname: '127.0.0.1', port: options.port })
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('listening', resolve)
      server.once('error', reject)
    })
  } catch (cause) {
    practice.close()
    throw cause
  }
  const { port } = must(server.address() as AddressInfo | null, 'a listening server has an address')
  return {
    url: `http://127.0.0.1:${port}`,
    email: practice.email,
    token: practice.token,
    practice,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          practice.close()
          if (error) reject(error)
          else resolve()
        })
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}
