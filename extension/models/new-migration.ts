import { computed, createModel, signal } from '@preact/signals'
import * as v from 'valibot'
import { MigrationBody, type MigrationInput } from '../../shared/api.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { viewOf } from '../problems.ts'
import { call } from '../sync/calls.ts'
import { formWords } from '../words-acts.ts'

/** What stands in the fields, as typed. */
export const emptyForm = {
  name: '',
  path: '',
  attachments: '',
  projects: '',
  site: 'practice' as 'practice' | 'cloud',
  url: '',
  email: '',
  token: '',
}
export type Form = typeof emptyForm
export type Field = keyof Form

/** Where each part of the body comes from, for the sentence to stand at its field. */
const fieldOf: Record<string, Field> = {
  name: 'name',
  'source.path': 'path',
  'source.attachments': 'attachments',
  'site.url': 'url',
  'site.email': 'email',
  'site.token': 'token',
}

/** The body to send, or for each wrong field a sentence. */
export function readForm(form: Form): {
  input: MigrationInput | null
  wrong: Partial<Record<Field, string>>
} {
  const keys = form.projects
    .split(/[\s,;]+/)
    .filter((key) => key !== '')
    .map((key) => key.toUpperCase())
  const bad = keys.filter((key) => !/^[A-Z][A-Z0-9_]+$/.test(key))
  if (bad.length > 0) return { input: null, wrong: { projects: formWords.badKeys(bad.join(', ')) } }
  const { url, email, token } = form
  const result = v.safeParse(MigrationBody, {
    name: form.name,
    source: { kind: 'backup', path: form.path, attachments: form.attachments.trim() || null },
    site: form.site === 'practice' ? { kind: 'practice' } : { kind: 'cloud', url, email, token },
    scope: { projects: keys.length === 0 ? null : keys },
  })
  if (result.success) return { input: result.output, wrong: {} }
  const wrong: Partial<Record<Field, string>> = {}
  for (const issue of result.issues) {
    const field = fieldOf[v.getDotPath(issue) ?? '']
    if (field) wrong[field] ??= issue.message
  }
  return { input: null, wrong }
}

/** The form of a new migration; leaving it empties it, the token is never kept. */
export const NewMigrationModel = createModel((made: (id: string) => void) => {
  const form = signal<Form>(emptyForm)
  const tried = signal(false)
  const busy = signal(false)
  const problem = signal<ProblemView | null>(null)

  async function save(run: boolean): Promise<void> {
    tried.value = true
    const { input } = readForm(form.value)
    if (!input || busy.value) return
    busy.value = true
    problem.value = null
    try {
      const { id } = await call('create', input)
      form.value = emptyForm
      if (run) await call('act', { id, act: 'run' })
      made(id)
    } catch (error) {
      problem.value = viewOf(error)
    } finally {
      busy.value = false
    }
  }
  return {
    form,
    busy,
    problem,
    /** What is wrong with each field, once the person has tried to save. */
    wrong: computed(() => (tried.value ? readForm(form.value).wrong : {})),
    set: (field: Field, value: string) => {
      form.value = { ...form.value, [field]: value }
    },
    save: (run: boolean) => {
      void save(run)
    },
  }
})
export type NewMigrationModel = InstanceType<typeof NewMigrationModel>
