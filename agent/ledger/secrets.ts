import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { Problem } from '../../shared/problem.ts'
import type { LedgerDb } from './open.ts'

/** Seals and opens site tokens with a key that lies in a file of its own, readable by its owner only. */
export interface Vault {
  put(name: string, secret: string): Promise<void>
  get(name: string): Promise<string | null>
}

/** @param keyFile made with mode 0600 at the first use; without it the sealed tokens cannot be read again. */
export function openVault(db: LedgerDb, keyFile: string): Vault {
  if (!existsSync(keyFile))
    writeFileSync(keyFile, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  const key = Buffer.from(readFileSync(keyFile, 'utf8').trim(), 'hex')
  return {
    async put(name, secret) {
      const sealed = seal(key, name, secret)
      await db
        .insertInto('secret')
        .values({ name, sealed })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ sealed }))
        .execute()
    },
    async get(name) {
      const row = await db
        .selectFrom('secret')
        .select('sealed')
        .where('name', '=', name)
        .executeTakeFirst()
      return row ? open(key, name, row.sealed) : null
    },
  }
}

// AES-256-GCM with a fresh 96-bit nonce a value; the name is authenticated, so values cannot be swapped.
function seal(key: Buffer, name: string, secret: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name))
  const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
}

function open(key: Buffer, name: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(
      Buffer.from(name),
    )
    decipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new Problem(
      'usage',
      'The stored site token cannot be opened: the key file of this folder is another one.',
      {
        hint: 'Enter the token of the site again.',
        cause,
      },
    )
  }
}
