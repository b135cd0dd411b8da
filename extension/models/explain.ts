import type { AppView } from '../../shared/api-apps.ts'
import type { CheckStatus } from '../../shared/api-checks.ts'

/** How an app migration ended, as a code of the troubleshooting guide; null where nothing is to be explained. */
export function codeOfApp(app: Pick<AppView, 'status' | 'message' | 'log'>): string | null {
  if (/could not be found in cloud/.test(app.log ?? '')) return 'app-not-in-cloud'
  if (app.status === 'timed out') return 'app-timed-out'
  if (app.status === 'canceled' || app.status === 'canceling') return 'app-canceled'
  if (app.status !== 'incomplete' && app.status !== 'failed')
    return /automated path/.test(app.log ?? '') ? 'app-no-path' : null
  if (/did not take the event|No handler is registered/.test(app.message))
    return 'app-handler-refused'
  if (/rows of it instead|is not what was written|cannot be read back/.test(app.message))
    return 'app-table-changed'
  return app.status === 'failed' ? 'app-failed' : 'app-incomplete'
}

/** What a record of an app that did not arrive is explained by. */
export const codeOfAppRecord = 'app-record-refused'

/** A check that is in order needs no explanation; one that could not be done has its own. */
export const codeOfCheck = (key: string, status: CheckStatus): string | null =>
  status === 'success' || status === 'pending'
    ? null
    : status === 'incomplete'
      ? 'incomplete-check'
      : key
