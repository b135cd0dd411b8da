import { computed, createModel, signal } from '@preact/signals'
import type { PersonChoice } from '../../shared/api-setup.ts'
import type {
  PeoplePage,
  PeopleUpload,
  PersonView,
  peopleOrders,
} from '../../shared/api-setup-views.ts'
import type { ProblemView } from '../../shared/problem.ts'
import { table, uploadPeople } from '../agent-setup.ts'
import { notPaired, viewOf } from '../problems.ts'
import { readAgent } from '../settings.ts'
import { call } from '../sync/calls.ts'
import { onOpen } from './opening.ts'
import { question } from './question.ts'
import { saveBlob } from './save-blob.ts'
import { isUnanswered } from './until-back.ts'

export const peoplePage = 50
/** Typing goes on; the agent is asked when it rests. */
const restMs = 250

/** What a person looks for in the table of a migration. */
interface Sought {
  search: string
  state: PersonView['state'] | null
  trouble: PersonView['problem']
  order: (typeof peopleOrders)[number]
  after: number | null
}
/** Who stands in most issues matters most. */
const everybody: Sought = { search: '', state: null, trouble: null, order: 'issues', after: null }
/** Where a person was in the table when they opened one of its lists: they come back to it as it was. */
const sought = new Map<string, Sought>()

/** The source's users and which account each becomes. Only one page is in memory. */
export const PeopleModel = createModel((id: string) => {
  const before = sought.get(id) ?? everybody
  const search = signal(before.search)
  const state = signal(before.state)
  const trouble = signal(before.trouble)
  const order = signal(before.order)
  const after = signal(before.after)
  /** What a choice or a file was refused for. */
  const refused = signal<ProblemView | null>(null)
  const uploaded = signal<PeopleUpload | null>(null)
  const busy = signal(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  const list = question<PeoplePage>(() => {
    sought.set(id, {
      ...{ search: search.value, state: state.value, trouble: trouble.value },
      ...{ order: order.value, after: after.value },
    })
    return call('people', {
      id,
      limit: peoplePage,
      ...(after.value === null ? {} : { after: after.value }),
      ...(search.value.trim() === '' ? {} : { search: search.value.trim() }),
      ...(state.value === null ? {} : { state: state.value }),
      ...(trouble.value === null ? {} : { problem: trouble.value }),
      sort: order.value,
    })
  })
  const read = list.look

  async function work(deed: () => Promise<void>): Promise<void> {
    busy.value = true
    refused.value = null
    try {
      await deed()
    } catch (error) {
      const problem = viewOf(error)
      // The list says it then, and when that is over.
      if (isUnanswered(problem)) void read()
      else refused.value = problem
    } finally {
      busy.value = false
    }
  }
  onOpen(() => {
    void read()
    return () => clearTimeout(timer)
  })

  return {
    search,
    state,
    trouble,
    order,
    after,
    page: list.answer,
    at: list.at,
    problem: computed(() => refused.value ?? list.problem.value),
    uploaded,
    busy,
    reload: () => {
      refused.value = null
      void read()
    },
    lookFor: (typed: string) => {
      search.value = typed
      after.value = null
      clearTimeout(timer)
      timer = setTimeout(() => void read(), restMs)
    },
    only: (wanted: PersonView['state'] | null) => {
      state.value = wanted
      trouble.value = null
      after.value = null
      void read()
    },
    /** Only those with this problem; null = everybody. */
    having: (wanted: PersonView['problem']) => {
      trouble.value = wanted
      state.value = null
      after.value = null
      void read()
    },
    orderBy: (wanted: (typeof peopleOrders)[number]) => {
      order.value = wanted
      after.value = null
      void read()
    },
    turn: (to: number | null) => {
      after.value = to
      void read()
    },
    choose: (key: string, choice: PersonChoice) => {
      void work(async () => {
        await call('choosePerson', { id, key, choice })
        await read()
      })
    },
    download: () => {
      void work(async () => saveBlob(await table(await paired(), id, null), 'landfall-people.csv'))
    },
    /** All or nothing: with errors nothing is changed, and each is told with its line. */
    upload: (file: File) => {
      void work(async () => {
        uploaded.value = null
        uploaded.value = await uploadPeople(await paired(), id, file)
        await read()
      })
    },
  }
})
export type PeopleModel = InstanceType<typeof PeopleModel>

/** The agent with its token, for bodies that are no JSON and so cannot go through the background. */
async function paired() {
  const { address, token } = await readAgent()
  if (token === null) throw notPaired()
  return { address, token }
}
