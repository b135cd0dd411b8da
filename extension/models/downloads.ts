import { createModel, signal } from '@preact/signals'
import type { ProblemView } from '../../shared/problem.ts'
import { before, type ReportFile, reportFile, reportFiles } from '../agent-client.ts'
import { notPaired, viewOf } from '../problems.ts'
import { readAgent } from '../settings.ts'
import { saveBlob } from './save-blob.ts'

export { before, type ReportFile, reportFiles }
export type BeforeFile = (typeof before)[number]

/** Fetches a report with the token and hands it to the browser to save: a plain link could not carry it. */
export const DownloadsModel = createModel(() => {
  const busy = signal<ReportFile | null>(null)
  const problem = signal<ProblemView | null>(null)

  async function save(id: string, name: string, file: ReportFile): Promise<void> {
    busy.value = file
    problem.value = null
    try {
      const { address, token } = await readAgent()
      if (token === null) throw notPaired()
      const blob = await reportFile({ address, token }, id, file)
      saveBlob(blob, fileName(name, file))
    } catch (error) {
      problem.value = viewOf(error)
    } finally {
      busy.value = null
    }
  }
  return {
    busy,
    problem,
    save: (id: string, name: string, file: ReportFile) => {
      void save(id, name, file)
    },
  }
})
export type DownloadsModel = InstanceType<typeof DownloadsModel>

/** A name that every file system takes: whose it is (a migration, an app), and which file. */
export function fileName(whose: string, file: ReportFile | 'log.csv'): string {
  const safe = whose
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return `landfall-${safe || 'migration'}-${file === 'report' ? 'report.zip' : file}`
}
