import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'

/** Rows rendered beyond the window where it is going, so that a fast wheel meets rows, not holes. */
const ahead = 6
/** And where it comes from. */
const behind = 2
/** A scroll that jumps is at rest after so long without a jump: a few frames. */
const restMs = 80

/**
 * Tells which of `count` rows of one height are in sight, now and whenever something scrolls or is resized.
 * @param list the element as high as all rows together
 * @param scroller the element that scrolls; the page itself when left out
 * @param onSee from the first row in sight to behind the last one
 */
export function useSight(
  list: RefObject<HTMLElement | null>,
  count: number,
  height: number,
  onSee: (from: number, to: number) => void,
  scroller?: RefObject<HTMLElement | null>,
): void {
  useLayoutEffect(() => {
    let waiting = 0
    let resting: ReturnType<typeof setTimeout> | undefined
    let last = 0
    const look = () => {
      waiting = 0
      if (!list.current) return
      const top = list.current.getBoundingClientRect().top
      const box = scroller?.current?.getBoundingClientRect()
      const [above, below] = box ? [box.top, box.bottom] : [0, innerHeight]
      const first = Math.floor((above - top) / height)
      const end = Math.ceil((below - top) / height)
      const up = first < last
      // Whoever drags the bar sees no row twice: those beyond the window are drawn once it rests.
      const far = Math.abs(first - last) > end - first
      last = first
      clearTimeout(resting)
      if (far) resting = setTimeout(soon, restMs)
      const from = first - (far ? 0 : up ? ahead : behind)
      const to = end + (far ? 0 : up ? behind : ahead)
      onSee(Math.min(count, Math.max(0, from)), Math.max(0, Math.min(count, to)))
    }
    const soon = () => {
      waiting ||= requestAnimationFrame(look)
    }
    look()
    const on: EventTarget = scroller?.current ?? window
    on.addEventListener('scroll', soon, { passive: true })
    addEventListener('resize', soon)
    // What stands above may grow (a box that appears): the same rows are then elsewhere.
    const grown = new ResizeObserver(soon)
    grown.observe(document.body)
    return () => {
      on.removeEventListener('scroll', soon)
      removeEventListener('resize', soon)
      grown.disconnect()
      cancelAnimationFrame(waiting)
      clearTimeout(resting)
    }
  }, [count, height])
}
