/** The agent's routes of shared/api-repair.ts, each answer parsed. */
import {
  type PageAnswer,
  type PageTurn,
  PageTurnSchema,
  type RepairInput,
  type RepairLinks,
  type RepairLinksInput,
  RepairLinksSchema,
  type RepairPreview,
  type RepairPreviewInput,
  RepairPreviewSchema,
  type RepairsView,
  RepairsViewSchema,
  type UndoInput,
} from '../shared/api-repair.ts'
import { type Agent, read, request } from './agent-client.ts'

/** A preview looks at each of its items on the site, at the site's pace. */
const previewMs = 5 * 60_000
const slowMs = 60_000

const one = (id: string) => `migrations/${encodeURIComponent(id)}`
const json = (method: string, body: unknown): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json' },
})
/** The site of the page that asks: the agent then answers about migrations of that site only. */
const at = (site: string | undefined) => (site === undefined ? {} : { site })

export const itemsWithLinks = (
  agent: Agent,
  id: string,
  body: RepairLinksInput,
): Promise<RepairLinks> =>
  read(request(agent, `${one(id)}/repairs/links`, json('POST', body)), RepairLinksSchema)
export const previewRepairs = (
  agent: Agent,
  id: string,
  body: RepairPreviewInput,
): Promise<RepairPreview> =>
  read(
    request(agent, `${one(id)}/repairs/preview`, json('POST', body), previewMs),
    RepairPreviewSchema,
  )
export const beginRepairs = (agent: Agent, id: string, body: RepairInput): Promise<RepairsView> =>
  read(request(agent, `${one(id)}/repairs`, json('POST', body), slowMs), RepairsViewSchema)
export const undoRepair = (
  agent: Agent,
  id: string,
  n: number,
  body: UndoInput,
): Promise<RepairsView> =>
  read(
    request(agent, `${one(id)}/repairs/${n}/undo`, json('POST', body), slowMs),
    RepairsViewSchema,
  )

/** Newest first; seqs: those of these items. */
export const repairs = (
  agent: Agent,
  id: string,
  question: { seq?: number; after?: number; limit?: number },
  site?: string,
): Promise<RepairsView> => {
  const query = new URLSearchParams(at(site))
  for (const [name, value] of Object.entries(question))
    if (value !== undefined) query.set(name, String(value))
  return read(request(agent, `${one(id)}/repairs?${query}`), RepairsViewSchema)
}
export const stopRepairs = (agent: Agent, id: string, site?: string): Promise<RepairsView> =>
  read(
    request(
      agent,
      `${one(id)}/repairs/run?${new URLSearchParams(at(site))}`,
      { method: 'DELETE' },
      slowMs,
    ),
    RepairsViewSchema,
  )

/** Hands over what the page said, and waits for the next request for it. */
export const pageTurn = (agent: Agent, id: string, answer: PageAnswer | null): Promise<PageTurn> =>
  read(request(agent, `${one(id)}/page/turn`, json('POST', { answer }), slowMs), PageTurnSchema)
/** A part of the file that the page is to send. */
export const pageFile = async (
  agent: Agent,
  id: string,
  asked: number,
  from: number,
): Promise<ArrayBuffer> =>
  (await request(agent, `${one(id)}/page/file/${asked}?from=${from}`, {}, slowMs)).arrayBuffer()
