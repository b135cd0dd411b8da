import { createHmac } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import type { VendorProgress } from '../../shared/api-apps.ts'
import type { AppMove } from '../../shared/app-status.ts'
import { isSettled } from '../../shared/app-status.ts'
import { addAppEvents } from '../ledger/app-log.ts'
import { type AppRow, advanceApp, appOfTransfer, handlerSecret, moveApp } from '../ledger/apps.ts'
import type { Ledger } from '../ledger/open.ts'
import type { Vault } from '../ledger/secrets.ts'
import type { AppMover, VendorAnswer } from '../routes/app-mover.ts'
import { appFolder, fileIn } from './files.ts'
import { sameText, transferToken } from './handler.ts'
import { knownNamespace, mappingOf, mappingPage } from './mappings.ts'

/** A link to data is good for an hour, as on the platform. */
const linkMs = 3_600_000
const said = (status: VendorAnswer['status'], message: string): VendorAnswer => ({
  status,
  body: { status, message },
})
const moves: Record<Exclude<VendorProgress['status'], 'IN_PROGRESS'>, AppMove> = {
  SUCCESS: 'succeed',
  INCOMPLETE: 'endIncomplete',
  FAILED: 'fail',
}

/**
 * What an app's own handler asks of the agent, answered as the app migration platform answers: 403 once the
 * transfer is settled, 400 from 14 days after its first start on.
 * @param onSettled told when a handler has settled its transfer
 */
export function createVendorDoors(
  parts: { ledger: Ledger; vault: Vault; now(): number; folder: { root: string } },
  onSettled: (row: AppRow) => void,
): AppMover['vendor'] {
  const { db } = parts.ledger

  async function open(
    transferId: string,
    token: string,
  ): Promise<{ row: AppRow; secret: string } | VendorAnswer> {
    const row = await appOfTransfer(db, transferId)
    if (!row?.handlerUrl) return said(404, `Transfer '${transferId}' could not be found.`)
    const secret = await parts.vault.get(handlerSecret(row.migrationId, row.key))
    if (secret === null || !sameText(token, transferToken(secret, transferId)))
      return said(401, 'The token does not fit this transfer.')
    if (parts.now() - (row.firstStartedAt ?? 0) > row.allowedMs)
      return said(400, `Transfer '${transferId}' has exceeded the permitted time period.`)
    if (isSettled(row.status))
      return said(
        403,
        `Transfer '${transferId}' is already in a settled state, no further actions are allowed.`,
      )
    return { row, secret }
  }

  const log = (row: AppRow, level: 'info' | 'warn', message: string) =>
    addAppEvents(
      db,
      row,
      [{ at: parts.now(), level, event: 'status', message, transferId: row.transferId }],
      parts.now(),
    )

  async function progress(row: AppRow, input: VendorProgress): Promise<VendorAnswer> {
    const { status, percent = null, message = null } = input
    const words = `App migration updated by the Cloud app with status ${status}, progress ${percent ?? '-'} and message: ${message ?? ''}`
    const ok: VendorAnswer = { status: 200, body: input }
    if (row.status === 'canceling') {
      await log(row, 'warn', `${words} (it is being canceled)`)
      if (status !== 'IN_PROGRESS') onSettled(row)
      return ok
    }
    if (status === 'IN_PROGRESS') {
      // An update with a lower percent is ignored: it shows neither on the screen nor in the log.
      if (await advanceApp(db, row, parts.now(), percent, message)) await log(row, 'info', words)
      return ok
    }
    const ended = await moveApp(db, row.migrationId, row.key, moves[status], parts.now(), {
      settledAt: parts.now(),
      message: message ?? '',
      percent: status === 'SUCCESS' ? 100 : Math.max(row.percent, percent ?? 0),
    })
    if (!ended)
      return said(
        403,
        `Transfer '${row.transferId}' is already in a settled state, no further actions are allowed.`,
      )
    await log(row, status === 'SUCCESS' ? 'info' : 'warn', words)
    onSettled(row)
    return ok
  }

  const folder = (row: AppRow) => appFolder(parts.folder.root, row.migrationId, row.key)
  const signed = (secret: string, s3Key: string, until: number) =>
    createHmac('sha256', secret).update(`${s3Key}.${until}`).digest('hex')
  /** <transfer>.<file> */
  const transferOf = (s3Key: string) => s3Key.slice(0, 36)

  return {
    async progress(transferId, token, input) {
      const door = await open(transferId, token)
      return 'row' in door ? progress(door.row, input) : door
    },
    async mappingPage(transferId, token, { namespace, lastEntity, pageSize }) {
      const door = await open(transferId, token)
      if (!('row' in door)) return door
      if (!knownNamespace(namespace)) return said(400, `Namespace '${namespace}' is not known.`)
      const id = door.row.migrationId
      return { status: 200, body: await mappingPage(db, id, namespace, lastEntity, pageSize) }
    },
    async mappingFind(transferId, token, namespace, keys) {
      const door = await open(transferId, token)
      if (!('row' in door)) return door
      if (!knownNamespace(namespace)) return said(400, `Namespace '${namespace}' is not known.`)
      const body: Record<string, string> = {}
      for (const key of keys) {
        const found = await mappingOf(db, door.row.migrationId, namespace, key)
        if (found) body[key] = found
      }
      return { status: 200, body }
    },
    async dataList(transferId, token) {
      const door = await open(transferId, token)
      if (!('row' in door)) return door
      const path = folder(door.row)
      const names = existsSync(path) ? readdirSync(path).sort() : []
      const body = names
        .filter((name) => /^AO_.*\.json$/i.test(name))
        .map((name) => ({ s3Key: `${transferId}.${name}`, label: name.replace(/\.json$/, '') }))
      return { status: 200, body }
    },
    async dataLink(s3Key, token, base) {
      const door = await open(transferOf(s3Key), token)
      if (!('row' in door)) return door
      const until = parts.now() + linkMs
      const query = `until=${until}&signed=${signed(door.secret, s3Key, until)}`
      const path = `/rest/atlassian-connect/1/migration/payload/${encodeURIComponent(s3Key)}`
      return { status: 200, body: { url: `${base}${path}?${query}` } }
    },
    async payload(s3Key, until, given) {
      const transferId = transferOf(s3Key)
      const row = await appOfTransfer(db, transferId)
      const secret = row && (await parts.vault.get(handlerSecret(row.migrationId, row.key)))
      if (!row || !secret || isSettled(row.status) || until < parts.now()) return null
      if (!sameText(given, signed(secret, s3Key, until))) return null
      const path = fileIn(folder(row), s3Key.slice(transferId.length + 1))
      return existsSync(path) ? path : null
    },
  }
}
