import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type RequestListener, request } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An https server that stands where *.atlassian.net would be. */
export interface Site {
  port: number
  close: () => Promise<void>
}

/** Serves https on this machine with a fresh certificate for *.atlassian.net, known to nobody else. */
export async function startSite(listener: RequestListener): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-site-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-keyout',
        key,
        '-out',
        cert,
      ],
      ...['-subj', '/CN=acme.atlassian.net', '-addext', 'subjectAltName=DNS:*.atlassian.net'],
    ],
    { stdio: 'ignore' },
  )
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, listener)
  rmSync(folder, { recursive: true })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Passes everything on to a plain http server of this machine, as the practice site, keeping the Host. */
export function passTo(target: string): RequestListener {
  return (from, to) => {
    const { hostname, port } = new URL(target)
    const { method, headers, url: path } = from
    const onward = request({ hostname, port, method, headers, path }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(to)
    })
    onward.on('error', (error) => to.writeHead(502).end(String(error)))
    from.pipe(onward)
  }
}

/** Plain pages that move within themselves, as Jira Cloud does, for any address. */
export const plainPages: RequestListener = (_request, response) => {
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'self'; script-src 'unsafe-inline'; style-src 'self'",
  })
  response.end(`<!doctype html><html lang="en"><title>Jira</title><body>
    <main><h1>A page of the site</h1><button id="create">Create</button>
    <label>Comment <input id="comment"></label></main></body></html>`)
}
