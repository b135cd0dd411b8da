import { type ProblemView, viewProblem } from '../../shared/problem.ts'

/** One piece of background work for a migration. What it said last stays until it is begun anew or forgotten. */
export interface Job<P> {
  state: 'running' | 'done' | 'failed' | 'stopped'
  progress: P | null
  problem: ProblemView | null
}

/** Background work, at most one at a time for each migration. It lives in memory: after a restart it is begun anew. */
export function createJobs<P>() {
  const jobs = new Map<string, Job<P> & { aborter: AbortController; ended: Promise<void> }>()
  return {
    get: (id: string): Job<P> | null => jobs.get(id) ?? null,
    /** Begins the work, or lets the one that is under way go on. */
    start(id: string, work: (signal: AbortSignal, tell: (progress: P) => void) => Promise<void>) {
      if (jobs.get(id)?.state === 'running') return
      const aborter = new AbortController()
      const job: Job<P> & { aborter: AbortController; ended: Promise<void> } = {
        state: 'running',
        progress: null,
        problem: null,
        aborter,
        ended: Promise.resolve(),
      }
      jobs.set(id, job)
      const tell = (progress: P) => {
        job.progress = progress
      }
      job.ended = work(aborter.signal, tell)
        .then(() => {
          job.state = 'done'
        })
        .catch((error: unknown) => {
          job.state = aborter.signal.aborted ? 'stopped' : 'failed'
          job.problem = aborter.signal.aborted ? null : viewProblem(error)
        })
    },
    /** Stops what is under way and waits for its end. */
    async stop(id: string) {
      const job = jobs.get(id)
      job?.aborter.abort()
      await job?.ended
    },
    async forget(id: string) {
      const job = jobs.get(id)
      job?.aborter.abort()
      await job?.ended
      jobs.delete(id)
    },
    async close() {
      for (const job of jobs.values()) job.aborter.abort()
      await Promise.all([...jobs.values()].map((job) => job.ended))
    },
  }
}
