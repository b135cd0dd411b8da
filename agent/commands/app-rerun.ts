import { untilEnded, withApp } from './app-folder.ts'

/** app-rerun RUN APP: a failed or incomplete app migration again, from where it was; waits for its end. */
export const appRerun = (args: string[]): Promise<number> =>
  withApp('app-rerun', args, async (app) => {
    await app.mover.rerun(app.migration.id, app.key)
    return untilEnded(app)
  })
