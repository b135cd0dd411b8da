import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Answer, nothing, ok, refuse } from '../answer.ts'
import { needIssue } from '../issue/find.ts'
import { watchMyself } from '../issue/watch.ts'
import type { Thing } from '../kinds.ts'
import { type Received, uploadLimit } from '../receive.ts'
import { type Call, param, type Route, stamp } from '../site.ts'
import { need } from '../store.ts'
import { attachmentView, userView } from '../views.ts'

/** The body was streamed to disk before the handler was called. */
function attach(call: Call) {
  const received = call.body as Received[]
  const drop = () => {
    for (const { file } of received) rmSync(join(call.site.files, file), { force: true })
  }
  try {
    const issue = needIssue(call.store, param(call, 'issueIdOrKey'))
    const now = call.site.now()
    const views = received.map((file) => {
      const data = { author: call.site.me, created: now, ...file }
      const id = call.store.add('attachment', data, { owner: issue.id })
      return attachmentView(call, { id, owner: issue.id, data })
    })
    call.store.run('UPDATE issue SET updated = ? WHERE id = ?', now, issue.id)
    watchMyself(call, issue.id)
    return ok(views)
  } catch (cause) {
    drop()
    throw cause
  }
}

const named = (call: Call): Thing<'attachment'> => {
  const id = param(call, 'id')
  return need(call.store, 'attachment', id, `The attachment with id '${id}' does not exist`)
}

function describe(call: Call) {
  const { id, data } = named(call)
  const { filename, size, mimeType } = data
  return ok({
    self: `${call.base}/rest/api/3/attachment/${id}`,
    id,
    filename,
    author: userView(call, data.author),
    created: stamp(data.created),
    size,
    mimeType,
    content: `${call.base}/rest/api/3/attachment/content/${id}`,
  })
}

function remove(call: Call) {
  const { id, data } = named(call)
  call.store.remove('attachment', id)
  rmSync(join(call.site.files, data.file), { force: true })
  return nothing()
}

/** Jira sends the reader to its media store, unless the request says redirect=false. */
function content(call: Call): Answer {
  const attachment = named(call)
  if (call.query.get('redirect') === 'false') return bytes(call, attachment)
  const Location = `${call.base}/media/file/${attachment.data.file}/binary?id=${attachment.id}`
  return { status: 303, headers: { Location } }
}

/** The media store knows who may read by the unguessable name of the file. */
function media(call: Call): Answer {
  const attachment = call.store.get('attachment', call.query.get('id') ?? '')
  if (attachment?.data.file !== param(call, 'file')) refuse(404, 'The file does not exist.')
  return bytes(call, attachment)
}

function bytes(call: Call, { data }: Thing<'attachment'>): Answer {
  const path = join(call.site.files, data.file)
  if (!existsSync(path)) refuse(404, 'The attachment content cannot be found.')
  const headers = {
    'Content-Type': data.mimeType,
    'Accept-Ranges': 'bytes',
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(data.filename)}`,
  }
  const whole = { path, start: 0, end: data.size - 1 }
  const range = /^bytes=(\d*)-(\d*)$/.exec(call.headers.get('range') ?? '')
  if (!range || (range[1] === '' && range[2] === '')) return { status: 200, headers, file: whole }
  const start = range[1] === '' ? Math.max(0, data.size - Number(range[2])) : Number(range[1])
  const end =
    range[1] === '' || range[2] === '' ? data.size - 1 : Math.min(Number(range[2]), data.size - 1)
  if (start > end)
    return { status: 416, headers: { ...headers, 'Content-Range': `bytes */${data.size}` } }
  return {
    status: 206,
    headers: { ...headers, 'Content-Range': `bytes ${start}-${end}/${data.size}` },
    file: { path, start, end },
  }
}

export const attachmentRoutes: Route[] = [
  ['POST', '/rest/api/3/issue/{issueIdOrKey}/attachments', attach],
  ['GET', '/rest/api/3/attachment/meta', () => ok({ enabled: true, uploadLimit })],
  ['GET', '/rest/api/3/attachment/{id}', describe],
  ['DELETE', '/rest/api/3/attachment/{id}', remove],
  ['GET', '/rest/api/3/attachment/content/{id}', content],
  ['GET', '/media/file/{file}/binary', media],
]
