import type {
  AppDecisionInput,
  AppHandlerInput,
  AppsView,
  AppView,
  VendorProgress,
} from '../../shared/api-apps.ts'
import type { AppMarks, AppTablePage } from '../../shared/api-source.ts'

/** A call of an app's own handler, answered with these words and this status. */
export interface VendorAnswer {
  status: 200 | 400 | 401 | 403 | 404 | 422
  body: unknown
}

/** What the routes ask about app migrations. Each throws a Problem where it cannot be done, with the reason. */
export interface AppMover {
  list(migrationId: string): Promise<AppsView>
  one(migrationId: string, key: string): Promise<AppView>
  decide(migrationId: string, key: string, input: AppDecisionInput): Promise<void>
  /** null = the handler is no longer used, and its secret forgotten. */
  setHandler(migrationId: string, key: string, input: AppHandlerInput | null): Promise<void>
  rerun(migrationId: string, key: string): Promise<void>
  cancel(migrationId: string, key: string): Promise<void>
  /** By what the snapshot's rows are told to be of this app. */
  marks(migrationId: string, key: string): Promise<AppMarks>
  /** Some rows of a table of its own, and one more where there are more; see agent/apps/counted-rows.ts. */
  tableRows(
    migrationId: string,
    key: string,
    ask: { table: string; after: number; limit: number; signal: AbortSignal },
  ): Promise<AppTablePage['rows']>
  /** Whether the data of one of its apps is being moved right now. */
  atWork(migrationId: string): boolean
  /** The doors of the app migration platform; token: what the handler showed. */
  vendor: {
    progress(transferId: string, token: string, input: VendorProgress): Promise<VendorAnswer>
    mappingPage(
      transferId: string,
      token: string,
      page: { namespace: string; lastEntity: string; pageSize: number },
    ): Promise<VendorAnswer>
    mappingFind(
      transferId: string,
      token: string,
      namespace: string,
      keys: string[],
    ): Promise<VendorAnswer>
    dataList(transferId: string, token: string): Promise<VendorAnswer>
    /** base: the address at which the agent was asked, for the link to the bytes. */
    dataLink(s3Key: string, token: string, base: string): Promise<VendorAnswer>
    /** The file that a signed link names, null = the link is wrong or older than an hour. */
    payload(s3Key: string, until: number, signed: string): Promise<string | null>
  }
}
