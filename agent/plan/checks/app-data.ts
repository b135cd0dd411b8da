import { type CheckOffender, check, fine, isLive, notAsked, plural, warn } from './check.ts'

/** Active Objects tables are named AO_<six digits of the app's hash>_<table>; GreenHopper's are read (boards, sprints). */
const table = /^AO_([0-9A-F]{6})_/i
const software = '60DB71'

export const appData = check({
  key: 'app-data',
  group: 'apps',
  title: 'Data of apps',
  worst: 'warning',
  canOverride: true,
  lists: {
    tables: ['table of an app was counted', 'tables of apps were counted'],
    apps: ['app left data in the source', 'apps left data in the source'],
  },
  *ask({ snapshot, apps: known }): Generator<CheckOffender> {
    for (const { key, name, holds } of known)
      yield {
        ...{ subject: name, detail: holds, list: 'apps' },
        counts: [{ at: 'app', words: holds, app: key }],
      }
    const apps = new Map<string, { rows: number; tables: number }>()
    for (const { entity, found } of snapshot.entityCounts()) {
      const app = table.exec(entity)?.[1]?.toUpperCase()
      if (!app || app === software || !found) continue
      const own = apps.get(app) ?? { rows: 0, tables: 0 }
      apps.set(app, { rows: own.rows + found, tables: own.tables + 1 })
      const words = plural(found, 'row', 'rows')
      yield {
        ...{ subject: entity, detail: words, list: 'tables', partOf: `AO_${app}` },
        counts: [{ at: 'source', words, list: 'appTable', table: entity }],
      }
    }
    for (const [app, { rows, tables }] of apps) {
      const words = plural(tables, 'table', 'tables')
      const subject = `AO_${app}`
      yield {
        subject,
        detail: `${words} with ${plural(rows, 'row', 'rows')}.`,
        counts: [{ at: 'rows', words, list: 'tables', partOf: subject }],
      }
    }
  },
  // Values of fields and properties are no tables: of them the apps themselves are told of.
  say(n, context) {
    if (isLive(context))
      return notAsked(
        'A live source does not show the tables of its apps, so what they keep cannot be told.',
        'A backup of this Jira shows them (inspect or check it). Or look at Manage apps, and ask the vendors of those that hold data.',
      )
    if (n)
      return warn(
        `${plural(n, 'app keeps tables of its own', 'apps keep tables of their own')} in the source, which no request of Jira Cloud's takes as they are.`,
        'Decide about each app: its data is kept in files, or its own handler takes it. Ask the vendors for their way to Jira Cloud.',
      )
    const { apps } = context
    return fine(
      apps.length
        ? `No app keeps tables of its own in the source; ${plural(apps.length, 'app keeps', 'apps keep')} values in fields and properties, each with its own way.`
        : 'No app keeps tables of its own in the source.',
    )
  },
})
