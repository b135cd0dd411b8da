import { computed, createModel, signal } from '@preact/signals'
import type {
  CollisionsView,
  FilesTestView,
  MeetingNamesPage,
  SiteTestView,
  SourcesView,
  SourceTestView,
} from '../../shared/api-setup-views.ts'
import { must } from '../../shared/assert.ts'
import type { ProblemView } from '../../shared/problem.ts'
import type { CollisionKind, NameList } from '../../shared/setup.ts'
import type { Watch } from '../agent-client.ts'
import { upload } from '../agent-setup.ts'
import { readUpload, writeUpload } from '../drafts.ts'
import { notPaired, viewOf } from '../problems.ts'
import { readAgent } from '../settings.ts'
import { call } from '../sync/calls.ts'
import { onOpen } from './opening.ts'
import { question } from './question.ts'
import { type Form, siteOf, sourceOf } from './setup-form.ts'

/** The backups that the agent finds, and one that is sent to it. */
export const SourcesModel = createModel((id: string) => {
  const found = question<SourcesView>(() => call('sources', null))
  /** How much of a file is on its way; null: none is. */
  const uploading = signal<{ name: string; sent: number; total: number } | null>(null)
  const uploadProblem = signal<ProblemView | null>(null)
  const look = () => {
    void found.look()
  }
  /** The name of a file that was on its way when the page, or the browser, was closed. */
  const cutShort = signal<string | null>(null)
  let leaving: AbortController | null = null
  let left = false
  const forgetCut = () => {
    cutShort.value = null
    void writeUpload(id, null)
  }
  onOpen(() => {
    look()
    void namedIfCut(id).then((name) => {
      if (leaving === null) cutShort.value = name
    })
    return () => {
      left = true
      leaving?.abort()
    }
  })
  return {
    found: found.answer,
    at: found.at,
    problem: found.problem,
    uploading,
    uploadProblem,
    cutShort,
    forgetCut,
    look,
    /** Sends a small backup to the agent; calls back with the path it has there. One at a time. */
    upload: (file: File, done: (path: string) => void) => {
      leaving?.abort()
      const own = new AbortController()
      leaving = own
      uploadProblem.value = null
      cutShort.value = null
      uploading.value = { name: file.name, sent: 0, total: file.size }
      const onProgress = (sent: number, total: number) => {
        if (leaving === own) uploading.value = { name: file.name, sent, total }
      }
      void onItsWay(id, file.name, () => send(file, { signal: own.signal, onProgress }))
        .then(done, (error: unknown) => {
          if (!own.signal.aborted) uploadProblem.value = viewOf(error)
        })
        .finally(() => {
          if (leaving !== own || left) return
          void writeUpload(id, null)
          uploading.value = null
          look()
        })
    },
    /** Calls back what is on its way; the agent keeps nothing of it. */
    stopUpload: () => leaving?.abort(),
  }
})
export type SourcesModel = InstanceType<typeof SourcesModel>

/** Shared by the pages that send a file; who gets it alone knows that nobody does. */
const uploadLock = (id: string) => `landfall-upload:${id}`

/** Does it with the name written down: a page that dies meanwhile leaves it behind. */
async function onItsWay<T>(id: string, name: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(uploadLock(id), { mode: 'shared' }, async () => {
    await writeUpload(id, name)
    return work()
  })
}

/** The name of the file that was on its way, unless another page is still sending it. */
async function namedIfCut(id: string): Promise<string | null> {
  const name = await readUpload(id)
  if (name === null) return null
  return navigator.locks.request(uploadLock(id), { ifAvailable: true }, (free) =>
    free === null ? null : name,
  )
}

async function send(file: File, watch: Watch): Promise<string> {
  const { address, token } = await readAgent()
  if (token === null) throw notPaired()
  return (await upload({ address, token }, file, watch)).path
}

/** Asks of what is typed; what was typed over it later asks anew. Made inside createModel. */
function trying<T>(load: (form: Form) => Promise<T>) {
  let asked: Form | null = null
  let answered: Promise<T | null> = Promise.resolve(null)
  const test = question<T>(() => load(must(asked, 'a form to try')))
  return {
    result: test.answer,
    at: test.at,
    problem: test.problem,
    busy: test.busy,
    /** Whether it is known of what is typed: it can be reached, or why it cannot. */
    answered: computed(() => test.answer.value !== null || test.problem.value !== null),
    /** Resolves to whether it can be reached with what is typed. */
    ask: async (form: Form): Promise<boolean> => {
      if (asked !== form || !test.busy.value) {
        test.forget()
        asked = form
        answered = test.look()
      }
      return (await answered) !== null
    },
    /** Another address or token was typed: the old answer is about something else. */
    forget: test.forget,
  }
}

/** Whether the attachments of a backup lie in the folder that was typed. */
export const FilesTestModel = createModel((id: string, of: { folder: string; path: string }) => {
  let asked = { folder: '', path: '' }
  /** The backup that the answer is about. */
  const about = signal('')
  const test = question<FilesTestView>(() => call('testFiles', { id, ...asked }))
  const look = (folder: string, path: string) => {
    const now = { folder: folder.trim(), path: path.trim() }
    const same = now.folder === asked.folder && now.path === asked.path
    if (same && test.problem.value === null) return
    test.forget()
    asked = now
    about.value = now.path
    if (now.folder !== '') void test.look()
  }
  onOpen(() => {
    look(of.folder, of.path)
  })
  return {
    result: test.answer,
    about,
    problem: test.problem,
    busy: test.busy,
    look,
    again: test.look,
  }
})

/** As whom a live source is read, and how much of it there is. Made inside createModel. */
export const trySource = (id: string | null) =>
  trying<SourceTestView>((form) =>
    call('testSource', { id: must(id, 'a saved setup'), source: sourceOf(form) }),
  )
/** Who the token belongs to, and what that account may not do. Made inside createModel. */
export const trySite = (id: string | null) =>
  trying<SiteTestView>((form) =>
    call('testSite', { id: must(id, 'a saved setup'), site: siteOf(form) }),
  )

/** The names that source and site share. */
export const CollisionsModel = createModel((id: string) => {
  const names = question<CollisionsView>(() => call('collisions', { id }))
  const look = () => {
    void names.look()
  }
  onOpen(() => {
    look()
  })
  return { view: names.answer, at: names.at, problem: names.problem, busy: names.busy, look }
})
export type CollisionsModel = InstanceType<typeof CollisionsModel>

/** A page of names holds so many; the next is one click away. */
const namesPage = 100

/** The names of one kind that become one thing, page by page. */
export const NamesModel = createModel((id: string, kind: CollisionKind, list: NameList) => {
  const after = signal<number | null>(null)
  const names = question<MeetingNamesPage>(() =>
    call('names', { id, kind, list, after: after.value ?? 0, limit: namesPage }),
  )
  const turn = (to: number | null) => {
    after.value = to
    void names.look()
  }
  onOpen(() => {
    turn(null)
  })
  return { page: names.answer, problem: names.problem, after, turn }
})
