import { untilEnded, withApp } from './app-folder.ts'

/** The page's own three recommendations. */
const advice = [
  'Canceling cannot be reversed once it has started; the other apps go on.',
  'Before: contact the app vendor to learn how far it is, and look at its log.',
  'Afterwards: contact the app vendor to verify what of its data is on the site.',
]

/** app-cancel RUN APP: ends one app migration, reads back what is on the site, and says so. */
export const appCancel = (args: string[]): Promise<number> =>
  withApp('app-cancel', args, async (app) => {
    for (const line of advice) app.output.say(line)
    const { status } = await app.mover.one(app.migration.id, app.key)
    // It was being canceled when the process that did it died: that goes on here.
    if (status === 'canceling') await app.mover.resume()
    else await app.mover.cancel(app.migration.id, app.key)
    return untilEnded(app)
  })
