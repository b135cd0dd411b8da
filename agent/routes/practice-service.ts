import type { PracticeView } from '../../shared/api-practice.ts'

/** What routes ask about the practice site of this agent. */
export interface PracticeService {
  view(): Promise<PracticeView>
  /** Takes everything off it, for good; a Problem not-now while something uses it. */
  empty(): Promise<PracticeView>
}
