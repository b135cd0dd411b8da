import type { LogLine, MigrationView } from '../../shared/api.ts'
import type { ConsequencesView } from '../../shared/api-deeds.ts'
import type { LogWindow, SamplesView } from '../../shared/api-watch.ts'
import { at, log } from './scenes.ts'

/** A run of ten minutes: sent at some speed, held by a rate limit, read back. */
export function samplesOf(row: MigrationView): SamplesView {
  if (row.status === 'saved') return { samples: [] }
  let [sent, checked, requests] = [0, 0, 0]
  return {
    samples: Array.from({ length: 200 }, (_, i) => {
      const held = i > 60 && i < 75
      if (!held) requests += 40 + 15 * Math.sin(i / 9)
      if (i < 140 && !held) sent += 120 + 60 * Math.sin(i / 12)
      if (i >= 140) checked += 210 - i / 2
      return {
        at: at - 600_000 + i * 3000,
        activity: held
          ? ('paused' as const)
          : i < 140
            ? ('pushing' as const)
            : ('verifying' as const),
        sent: Math.round(sent),
        checked: Math.round(checked),
        requests: Math.round(requests),
        share: held ? 0 : 0.4 + 0.15 * Math.sin(i / 9),
        held: held ? (['rate limit'] as const).slice() : [],
      }
    }),
  }
}

/** A log as long as wanted: the few lines of the scene, then as many plain ones. */
export function logWindow(query: URLSearchParams, plain: number): LogWindow {
  const worse = { info: 0, warn: 1, error: 2 }
  const level = (query.get('level') ?? 'info') as keyof typeof worse
  const text = (query.get('text') ?? '').toLowerCase()
  const all: LogLine[] = [
    ...log,
    ...Array.from({ length: plain }, (_, i) => ({
      n: log.length + 1 + i,
      at: at + i * 10,
      level: i % 500 === 499 ? ('warn' as const) : ('info' as const),
      project: 'PAY',
      phase: 'issues',
      text: `Sent PAY-${i + 1}`,
    })),
  ].filter((line) => worse[line.level] >= worse[level] && line.text.toLowerCase().includes(text))
  const offset = Number(query.get('offset') ?? 0)
  const limit = Number(query.get('limit') ?? 100)
  return { total: all.length, offset, lines: all.slice(offset, offset + limit) }
}

/** What a stop or a delete of it would leave where. */
export const consequencesOf = (row: MigrationView): ConsequencesView =>
  row.status === 'saved'
    ? { onSite: [], waiting: 0, disk: [] }
    : {
        onSite: [
          { kind: 'project', items: 3 },
          { kind: 'issue', items: 18_204 },
          { kind: 'comment', items: 41_377 },
          { kind: 'attachment', items: 2_911 },
          { kind: 'link', items: 640 },
        ],
        waiting: row.status === 'running' ? 12_019 : 0,
        disk: [
          { part: 'snapshot', bytes: 734_003_200 },
          { part: 'reports', bytes: 4_404_019 },
        ],
      }
