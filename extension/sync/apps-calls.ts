import type { AppDecisionInput, AppLogPage, AppRecordPage } from '../../shared/api-apps.ts'
import type { AppLogQuestion, AppRecordQuestion, HandlerInput } from '../agent-apps.ts'

/** The messages about app migrations; what they change is in the cache when they are answered. */
export interface AppsCalls {
  apps: { ask: { id: string }; answer: null }
  decideApp: { ask: { id: string; key: string; body: AppDecisionInput }; answer: null }
  setAppHandler: { ask: { id: string; key: string; handler: HandlerInput | null }; answer: null }
  appAct: { ask: { id: string; key: string; act: 'rerun' | 'cancel' }; answer: null }
  appRecords: { ask: AppRecordQuestion; answer: AppRecordPage }
  appLog: { ask: AppLogQuestion; answer: AppLogPage }
}
