import type { AppDecisionInput, AppLogPage } from '../../shared/api-apps.ts'
import type { AppLogQuestion, HandlerInput } from '../agent-apps.ts'

/** The messages about app migrations; what they change is in the cache when they are answered. */
export interface AppsCalls {
  apps: { ask: { id: string }; answer: null }
  decideApp: { ask: { id: string; key: string; body: AppDecisionInput }; answer: null }
  setAppHandler: { ask: { id: string; key: string; handler: HandlerInput | null }; answer: null }
  appAct: { ask: { id: string; key: string; act: 'rerun' | 'cancel' }; answer: null }
  appLog: { ask: AppLogQuestion; answer: AppLogPage }
}
