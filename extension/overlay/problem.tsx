import type { ProblemView } from '../../shared/problem.ts'

/** What went wrong and what to do about it. */
export function ProblemText({ problem }: { problem: ProblemView }) {
  return (
    <div class="problem" role="alert">
      <p>{problem.sentence}</p>
      <p class="quiet">{problem.hint}</p>
    </div>
  )
}
