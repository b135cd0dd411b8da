import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { VendorProgressBody } from '../../shared/api-apps.ts'
import type { VendorAnswer } from './app-mover.ts'
import type { AppDeps } from './deps.ts'

/** The platform's own page size and its limit. */
const pageSize = 5000
const Keys = v.pipe(v.array(v.string()), v.maxLength(10_000))

/**
 * The doors by which an app's own handler works, with the paths and codes of the app migration platform
 * (developer.atlassian.com/platform/app-migration/rest). A body that does not fit is answered with 400.
 */
export const vendorRoutes = ({ apps: { vendor } }: AppDeps) =>
  new Hono()
    .post('/progress/:transferId', async (c) => {
      const body = v.safeParse(VendorProgressBody, await bodyOf(c))
      if (!body.success) return refuse(c, body.issues[0].message)
      return answer(c, await vendor.progress(c.req.param('transferId'), tokenOf(c), body.output))
    })
    .get('/mapping/:transferId/page', async (c) => {
      const { namespace = '', lastEntity = '', pageSize: asked } = c.req.query()
      const size = asked === undefined ? pageSize : Number(asked)
      if (!Number.isInteger(size) || size < 1 || size > pageSize)
        return refuse(c, `pageSize must be from 1 to ${pageSize}.`)
      const page = { namespace, lastEntity, pageSize: size }
      return answer(c, await vendor.mappingPage(c.req.param('transferId'), tokenOf(c), page))
    })
    .post('/mapping/:transferId/find', async (c) => {
      const keys = v.safeParse(Keys, await bodyOf(c))
      if (!keys.success) return refuse(c, keys.issues[0].message)
      const namespace = c.req.query('namespace') ?? ''
      const { transferId } = c.req.param()
      return answer(c, await vendor.mappingFind(transferId, tokenOf(c), namespace, keys.output))
    })
    .get('/data/:transferId/all', async (c) =>
      answer(c, await vendor.dataList(c.req.param('transferId'), tokenOf(c))),
    )
    .get('/data/:s3Key', async (c) =>
      answer(c, await vendor.dataLink(c.req.param('s3Key'), tokenOf(c), new URL(c.req.url).origin)),
    )
    .get('/payload/:s3Key', async (c) => {
      const { until = '', signed = '' } = c.req.query()
      const path = await vendor.payload(c.req.param('s3Key'), Number(until), signed)
      if (path === null)
        return c.json({ status: 403, message: 'This link is wrong, or older than an hour.' }, 403)
      c.header('Content-Type', 'application/json; charset=utf-8')
      return c.body(Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>)
    })

const answer = (c: Context, { status, body }: VendorAnswer) => c.json(body as object, status)
const refuse = (c: Context, message: string) => c.json({ status: 400, message }, 400)
const tokenOf = (c: Context) =>
  /^Bearer ([0-9a-f]{64})$/.exec(c.req.header('authorization') ?? '')?.[1] ?? ''

/** null for what is no JSON: the schema refuses it. */
async function bodyOf(c: Context): Promise<unknown> {
  try {
    return await c.req.json()
  } catch {
    return null
  }
}
