interface AskingProps {
  /** What is asked, for readers. */
  label: string
  done: number
  total: number
  /** What stands beneath the bar. */
  words: string
}

/** How many of the questions that were begun have been answered. */
export function Asking({ label, done, total, words }: AskingProps) {
  return (
    <>
      <div
        class="meter"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
      >
        <span style={{ width: `${total ? (done / total) * 100 : 0}%` }} />
      </div>
      <span class="quiet">{words}</span>
    </>
  )
}
