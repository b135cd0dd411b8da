import { effect } from '@preact/signals'
import { render } from 'preact'
import type { MarksView } from '../../../shared/api-pages.ts'
import type { OverlayModel } from '../../models/overlay.ts'
import { call } from '../../sync/calls.ts'
import type { OverlayAnswer } from '../../sync/overlay-calls.ts'
import { Mark, shapeOf } from '../mark.tsx'
import { pageWords } from '../pages/words.ts'
import type { PillShape } from '../pill.ts'
import { keysOf, type Shown, shownIssues, whenIdle } from './collect.ts'

type Marks = Map<string, MarksView['marks'][number]>

/** Lists that draw their rows while one scrolls are read anew once they have been quiet for so long. */
const settledMs = 600
/** Room between the key and its mark, in pixels. */
const gap = 3

/**
 * Draws a mark beside each key of an issue that needs a look, in a layer of our own: the page's nodes are only
 * measured. Nothing is watched while there is nothing to draw. Ends with the signal.
 */
export function layMarks(container: HTMLElement, model: OverlayModel, signal: AbortSignal): void {
  const layer = document.createElement('div')
  layer.className = 'marks'
  container.append(layer)
  let ending: AbortController | null = null
  const stop = effect(() => {
    const known: Marks = new Map(model.marks.value.map((mark) => [mark.issueKey, mark]))
    const names = namesIn(model.answer.value)
    ending?.abort()
    ending = null
    if (known.size === 0 && names.length === 0) return
    ending = new AbortController()
    drawMarks(layer, known, names, ending.signal)
  })
  signal.addEventListener('abort', () => {
    stop()
    ending?.abort()
    layer.remove()
  })
}

/** The names with "(migrated)" in the search that the page shows. */
function namesIn(answer: OverlayAnswer | null): readonly string[] {
  const view =
    answer?.state === 'jql' ? answer.view : answer?.state === 'filter' ? answer.jql : null
  return view?.names.map(({ name }) => name) ?? []
}

/** Where Jira shows the JQL of a search. */
const searchField = '[data-testid="jql-builder"], [data-testid^="jql-editor"]'

interface Note {
  title: string
  shape: PillShape
}

/** Each element of the page that gets a mark, with what the mark says. */
function notesOf(shown: readonly Shown[], known: Marks, names: readonly string[]) {
  const notes = new Map<Element, Note>()
  for (const { issueKey, element } of shown) {
    const mark = known.get(issueKey)
    if (!mark) continue
    const title = pageWords.marks.one(issueKey, mark.verdict, mark.n)
    notes.set(element, { title, shape: shapeOf[mark.verdict] })
  }
  const search = names.length > 0 ? document.querySelector(searchField) : null
  if (search) notes.set(search, { title: names.join(', '), shape: 'notEqual' })
  return notes
}

function drawMarks(
  layer: HTMLElement,
  known: Marks,
  names: readonly string[],
  signal: AbortSignal,
): void {
  const inSight = new Set<Element>()
  const marked = new Map<Element, HTMLElement>()
  const asked = new Set<string>()
  let planned = 0
  let settled: ReturnType<typeof setTimeout>

  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries)
      if (isIntersecting) inSight.add(target)
      else inSight.delete(target)
    plan()
  })

  /** What the page shows now: new places get a mark, those that are gone lose it. */
  function read(): void {
    if (signal.aborted) return
    const shown = shownIssues(document)
    if (asked.size === 0) for (const key of keysOf(shown)) asked.add(key)
    const there = notesOf(shown, known, names)
    for (const [element, node] of marked) {
      if (there.get(element)?.title === node.title) continue
      sight.unobserve(element)
      inSight.delete(element)
      marked.delete(element)
      render(null, node)
      node.remove()
    }
    for (const [element, note] of there) {
      if (marked.has(element)) continue
      marked.set(element, markOf(note))
      sight.observe(element)
    }
    plan()
    void askMore(keysOf(shown).filter((key) => !asked.has(key)))
  }

  /** Rows that a list drew later were not part of the screen's question. */
  async function askMore(keys: string[]): Promise<void> {
    if (keys.length === 0) return
    for (const key of keys) asked.add(key)
    try {
      const { marks } = await call('screen', { subject: null, keys })
      for (const mark of marks) known.set(mark.issueKey, mark)
      if (marks.length > 0) read()
    } catch {
      // The answer to the screen says what is wrong; here it only means that no mark is drawn.
    }
  }

  function plan(): void {
    if (planned === 0) planned = requestAnimationFrame(place)
  }
  /** First all is measured, then all is moved: the page is laid out once. */
  function place(): void {
    planned = 0
    const spots = [...inSight].map((element) => [element, spotOf(element)] as const)
    for (const [element, node] of marked) if (!inSight.has(element)) node.remove()
    for (const [element, spot] of spots) {
      const node = marked.get(element)
      if (!node) continue
      if (!spot) {
        node.remove()
        continue
      }
      node.style.transform = `translate(${spot.x}px, ${spot.y}px)`
      if (!node.isConnected) layer.append(node)
    }
  }

  const later = () => {
    clearTimeout(settled)
    settled = setTimeout(() => whenIdle(read), settledMs)
  }
  const changes = new MutationObserver(later)
  changes.observe(document.body, { childList: true, subtree: true })
  const moving = { capture: true, passive: true, signal }
  addEventListener('scroll', plan, moving)
  addEventListener('resize', plan, { passive: true, signal })
  read()
  signal.addEventListener('abort', () => {
    sight.disconnect()
    changes.disconnect()
    clearTimeout(settled)
    cancelAnimationFrame(planned)
    for (const node of marked.values()) render(null, node)
    layer.replaceChildren()
  })
}

function markOf({ title, shape }: Note): HTMLElement {
  const node = document.createElement('span')
  node.className = 'spot'
  node.title = title
  node.setAttribute('role', 'img')
  node.setAttribute('aria-label', title)
  render(<Mark shape={shape} />, node)
  return node
}

/** Right of the key; null where something of the page lies over it (a menu, a dialog). */
function spotOf(element: Element): { x: number; y: number } | null {
  const box = textBox(element)
  if (box.width === 0 || box.height === 0) return null
  const x = Math.min(box.left + box.width / 2, innerWidth - 1)
  const top = document.elementFromPoint(x, box.top + box.height / 2)
  if (top && !element.contains(top) && !top.contains(element)) return null
  return { x: Math.round(box.right + gap), y: Math.round(box.top + box.height / 2 - 8) }
}

/** A key may stand in an element that is as wide as its column. */
function textBox(element: Element): DOMRect {
  const range = document.createRange()
  range.selectNodeContents(element)
  return range.getBoundingClientRect()
}
