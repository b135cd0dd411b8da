import type { About } from '../../shared/api.ts'
import type { Pairing } from '../guard.ts'
import type { Ledger } from '../ledger/open.ts'
import type { Vault } from '../ledger/secrets.ts'
import type { AfterChecker } from './after-checker.ts'
import type { AppMover } from './app-mover.ts'
import type { Checker } from './checker.ts'
import type { Originals } from './originals-service.ts'
import type { PageAsker } from './page-asker.ts'
import type { PracticeService } from './practice-service.ts'
import type { RepairService } from './repair-service.ts'
import type { Runner } from './runner.ts'
import type { SetupService } from './setup-service.ts'

/** All that the routes need from outside. */
export interface AppDeps {
  ledger: Ledger
  runner: Runner
  checker: Checker
  after: AfterChecker
  apps: AppMover
  pages: PageAsker
  practice: PracticeService
  originals: Originals
  repairs: RepairService
  setup: SetupService
  pairing: Pairing
  vault: Vault
  about: About
  /** Epoch milliseconds. */
  now: () => number
  /** The agent's folder (see config): reports are written and found there. */
  folder: string
  /** The port listened on; asked at each request, as it may be known only after the app is made. */
  port: () => number
  /** Other addresses of the practice site, see practiceAliases in config. */
  practiceAliases?: readonly string[]
  /** Aborted when the agent closes: event streams end then. */
  closing?: AbortSignal
}
