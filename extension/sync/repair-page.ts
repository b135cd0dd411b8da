/** The way through a page of the site: the agent's requests go to our script in a tab, one by one, and its answers back. */

import * as v from 'valibot'
import {
  type PageAnswer,
  PageAnswerSchema,
  type PageRequest,
  type PageTurn,
} from '../../shared/api-repair.ts'
import type { Agent } from '../agent-client.ts'
import { pageFile, pageTurn } from '../agent-repair.ts'
import { askTab } from '../platform.ts'
import { viewOf } from '../problems.ts'
import type { PageAsk } from './repair-calls.ts'

/** Between two questions while the agent has opened no way yet, or just closed it. */
const pauseMs = 150

/**
 * Serves the agent's requests by a tab until `over` says so and nothing is under way any more. It never rejects:
 * what goes wrong is told to the agent, which says it with the repair.
 */
export async function servePage(
  agent: Agent,
  id: string,
  tabId: number,
  over: () => boolean,
): Promise<void> {
  let answer: PageAnswer | null = null
  for (;;) {
    const turn: PageTurn | null = await pageTurn(agent, id, answer).catch((error: unknown) => {
      console.warn(`The way through the page ends: ${viewOf(error).sentence}`)
      return null
    })
    if (!turn) return
    answer = turn.request ? await through(agent, id, tabId, turn.request) : null
    if (turn.request || turn.open) continue
    if (over()) return
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

async function through(
  agent: Agent,
  id: string,
  tabId: number,
  request: PageRequest,
): Promise<PageAnswer> {
  try {
    if (request.file) await handOver(agent, id, tabId, request.id, request.file.size)
    const asked: PageAsk = { repair: 'request', request }
    return v.parse(PageAnswerSchema, await askTab(tabId, asked))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { id: request.id, status: 0, headers: {}, body: '', error: why }
  }
}

/** The file in parts, since a message between background and page has its limits. */
async function handOver(
  agent: Agent,
  id: string,
  tabId: number,
  request: number,
  size: number,
): Promise<void> {
  for (let from = 0; from < size; ) {
    const bytes = new Uint8Array(await pageFile(agent, id, request, from))
    if (bytes.length === 0) throw new Error('The file ended before its size.')
    const asked: PageAsk = { repair: 'file', id: request, from, part: base64(bytes) }
    if ((await askTab(tabId, asked)) !== true) throw new Error('The page did not take the file.')
    from += bytes.length
  }
}

/** In slices, since a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += 0x8000)
    text += String.fromCharCode(...bytes.subarray(from, from + 0x8000))
  return btoa(text)
}
